import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { BlueprintData } from "../../domain/clusters/blueprint.ts";
import { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import { BootstrapAccount } from "../../domain/tenancy/bootstrap.ts";
import type { ClusterToBuild } from "./cluster-to-build.ts";

export const BLUEPRINT_IDS = ["eks-standard", "eks-small", "eks-private"] as const;
export type BlueprintId = (typeof BLUEPRINT_IDS)[number];

const SeedBlueprint = z.strictObject({ id: z.string(), version: z.int(), policy: z.string(), withdrawn: z.boolean(), data: BlueprintData });
export type SeedBlueprint = z.infer<typeof SeedBlueprint>;

/** A blueprint of the sandbox's seed, as tests use it. */
export function seedBlueprint(id: BlueprintId): SeedBlueprint {
  return SeedBlueprint.parse(parse(readFileSync(new URL(`../../../sandbox/seed/blueprints/${id}.yaml`, import.meta.url), "utf8")));
}

/** An account that may be used with every blueprint of the seed. */
export const TEST_ACCOUNT: BootstrapAccount = BootstrapAccount.parse({
  id: "payments-prod",
  awsAccountId: "444455556666",
  region: "ap-northeast-1",
  roleArn: "arn:aws:iam::444455556666:role/trellis-capa",
  teams: ["payments"],
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:444455556666:key/0f6d3c1e-2b3a-4c5d-8e9f-000000000001",
  platformPrincipalArn: "arn:aws:iam::444455556666:role/platform-admin",
  teamPrincipals: {
    payments: { developer: "arn:aws:iam::444455556666:role/payments-developer", lead: "arn:aws:iam::444455556666:role/payments-lead" },
  },
  zones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
  vpcs: [
    {
      id: "vpc-0a1b2c3d",
      cidr: "10.90.0.0/16",
      subnets: [
        { id: "subnet-0a000001", zone: "ap-northeast-1a", cidr: "10.90.0.0/20" },
        { id: "subnet-0a000002", zone: "ap-northeast-1c", cidr: "10.90.16.0/20" },
        { id: "subnet-0a000003", zone: "ap-northeast-1d", cidr: "10.90.32.0/20" },
      ],
    },
  ],
});

/** The example of a blueprint as a whole input for TEST_ACCOUNT. */
export function exampleInput(id: BlueprintId, name = "checkout"): CreateClusterInput {
  const { data } = seedBlueprint(id);
  const vpc = TEST_ACCOUNT.vpcs[0];
  const network =
    data.network.mode === "existing" && vpc !== undefined
      ? { network: { mode: "existing", vpcId: vpc.id, subnetIds: vpc.subnets.map((subnet) => subnet.id) } }
      : {};
  return CreateClusterInput.parse({ ...data.example, ...network, blueprint: id, name, account: TEST_ACCOUNT.id });
}

export function clusterToBuild(id: BlueprintId, name?: string): ClusterToBuild {
  const { version, data } = seedBlueprint(id);
  return {
    team: "payments",
    namespace: "team-payments",
    input: exampleInput(id, name),
    blueprint: { id, version, data },
    account: TEST_ACCOUNT,
  };
}
