import { teamNamespace } from "../../domain/clusters/eks-name.ts";
import { identityNameOf } from "../../domain/clusters/identity-name.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { INFRASTRUCTURE } from "../api-groups.ts";
import { ACCOUNT, AWS_ACCOUNT, MANAGED_BY, TEAM, TRELLIS } from "../keys.ts";
import type { TenancyGrant } from "./tenancy-to-build.ts";

/**
 * `AWSClusterRoleIdentity` (CAPA v1beta2): the account's role for one team, usable from exactly its namespace. The webhook demands `sourceIdentityRef`;
 * the controller's own identity is the start of the chain (cluster-api.md §5).
 */
export function buildAccountIdentity({ team, accountId, awsAccountId, roleArn, externalId }: TenancyGrant): KubeObject {
  const namespace = teamNamespace(team);
  return {
    apiVersion: INFRASTRUCTURE,
    kind: "AWSClusterRoleIdentity",
    metadata: {
      name: identityNameOf(namespace, accountId),
      labels: { [MANAGED_BY]: TRELLIS, [TEAM]: team, [ACCOUNT]: accountId },
      annotations: { [AWS_ACCOUNT]: awsAccountId },
    },
    spec: {
      allowedNamespaces: { list: [namespace] },
      roleARN: roleArn,
      sessionName: sessionNameOf(team),
      sourceIdentityRef: { kind: "AWSClusterControllerIdentity", name: "default" },
      ...(externalId === null ? {} : { externalID: externalId }),
    },
  };
}

// AWS STS, AssumeRole, RoleSessionName: 2 to 64 characters of [\w+=,.@-]; CloudTrail then names the team.
function sessionNameOf(team: string): string {
  return `trellis-${team}`.slice(0, 64);
}
