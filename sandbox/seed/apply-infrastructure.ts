import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateServiceNetworkCommand,
  CreateServiceNetworkVpcAssociationCommand,
  paginateListServiceNetworks,
  paginateListServiceNetworkVpcAssociations,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { parse } from "yaml";
import { z } from "zod";
import { projectRoot } from "../state/sandbox-folder.ts";

const callMs = 10_000;
const Template = z.looseObject({
  accounts: z.array(z.looseObject({ id: z.string(), awsAccountId: z.string(), region: z.string() })),
  networking: z.looseObject({
    lattice: z.array(
      z.looseObject({
        account: z.string(),
        readRoleArn: z.string(),
        externalId: z.string(),
        controller: z.looseObject({ clusterName: z.string(), vpcId: z.string() }),
      }),
    ),
    serviceNetworks: z.array(
      z.looseObject({
        name: z.string(),
        account: z.string(),
        gatewayNamespace: z.string(),
        consumers: z.array(z.looseObject({ vpcId: z.string().optional() })),
      }),
    ),
  }),
});
export type SeedNetworking = z.infer<typeof Template>;

/** The part of the bootstrap file that says where the service networks are and who reads them. */
export function seedNetworking(): SeedNetworking {
  return Template.parse(parse(readFileSync(join(projectRoot, "sandbox/seed/bootstrap.yaml"), "utf8")));
}

/**
 * What an organisation's infrastructure code makes: the service networks and their VPC associations. Idempotent; what is there already is
 * left alone, also when it failed. Throws a ConflictException while an association it wants anew is still being deleted.
 */
export async function applyInfrastructure(client: VPCLatticeClient): Promise<void> {
  const { networking } = seedNetworking();
  for (const network of networking.serviceNetworks) {
    const id = (await findNetwork(client, network.name)) ?? (await createNetwork(client, network.name));
    const associated = await associatedVpcs(client, id);
    for (const { vpcId } of network.consumers) if (vpcId && !associated.includes(vpcId)) await associate(client, id, vpcId);
  }
}

async function findNetwork(client: VPCLatticeClient, name: string): Promise<string | null> {
  for await (const page of paginateListServiceNetworks({ client }, { maxResults: 100 })) {
    const found = page.items?.find((item) => item.name === name);
    if (found?.id) return found.id;
  }
  return null;
}

async function createNetwork(client: VPCLatticeClient, name: string): Promise<string> {
  const answer = await client.send(new CreateServiceNetworkCommand({ name, authType: "NONE", tags }), timeout());
  if (!answer.id) throw new Error(`Lattice gave the service network ${name} no id`);
  return answer.id;
}

async function associatedVpcs(client: VPCLatticeClient, serviceNetworkIdentifier: string): Promise<string[]> {
  const found: string[] = [];
  for await (const page of paginateListServiceNetworkVpcAssociations({ client }, { serviceNetworkIdentifier, maxResults: 100 }))
    for (const item of page.items ?? []) if (item.vpcId && item.status !== "DELETE_IN_PROGRESS") found.push(item.vpcId);
  return found;
}

async function associate(client: VPCLatticeClient, serviceNetworkIdentifier: string, vpcIdentifier: string): Promise<void> {
  const input = { serviceNetworkIdentifier, vpcIdentifier, tags };
  await client.send(new CreateServiceNetworkVpcAssociationCommand(input), timeout());
}

const tags = { "managed-by": "infrastructure-code" };
const timeout = () => ({ abortSignal: AbortSignal.timeout(callMs) });
