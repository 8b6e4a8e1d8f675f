import type { JsonObject } from "../../domain/json.ts";
import type { ClusterToBuild } from "./cluster-to-build.ts";

/**
 * EKS access entries: the platform's permanent one, and the team's roles (cluster-api.md §2.2, §10.11). Policies are AWS's own access
 * policies, in the partition of the Region.
 */
export function buildAccessEntries({ account, team }: ClusterToBuild): readonly JsonObject[] {
  const principals = account.teamPrincipals[team];
  const entry = (principalARN: string, policy: string): JsonObject => ({
    principalARN,
    type: "standard",
    accessPolicies: [
      { policyARN: `arn:${partitionOf(account.region)}:eks::aws:cluster-access-policy/${policy}`, accessScope: { type: "cluster" } },
    ],
  });
  const entries = [
    entry(account.platformPrincipalArn, "AmazonEKSClusterAdminPolicy"),
    ...(principals === undefined
      ? []
      : [entry(principals.lead, "AmazonEKSAdminPolicy"), entry(principals.developer, "AmazonEKSEditPolicy")]),
  ];
  // Nobody refuses a principal listed twice (cluster-api.md §11.3); the wider grant stands first and wins.
  return entries.filter((one, index) => entries.findIndex((other) => other["principalARN"] === one["principalARN"]) === index);
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
