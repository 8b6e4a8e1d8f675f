import {
  DeleteServiceCommand,
  DeleteServiceNetworkCommand,
  DeleteServiceNetworkServiceAssociationCommand,
  DeleteServiceNetworkVpcAssociationCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  paginateListServiceNetworkServiceAssociations,
  paginateListServiceNetworkVpcAssociations,
  paginateListServices,
  paginateListTargetGroups,
  paginateListTargets,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { type FleetPlan, fleetRegion, homeAccount, sharingAccount } from "./plan-fleet.ts";
import { groupName } from "./provider-objects.ts";

const Resource = z.looseObject({ name: z.string(), arn: z.string() });
const Region = z.looseObject({ networks: z.array(Resource), services: z.array(Resource) });
const Shares = z.array(z.looseObject({ arn: z.string(), account: z.string() }));
type Hands = {
  readonly home: VPCLatticeClient;
  readonly clientFor: (account: string) => Promise<VPCLatticeClient>;
  /** By name. */
  readonly networks: ReadonlyMap<string, { readonly id: string; readonly arn: string }>;
  readonly ask: (method: string, input: object) => Promise<unknown>;
};

/**
 * Once the routes are gone: the services Kubernetes does not own, groups, associations, networks, shares. Everything takes AWS its time, so each
 * call deletes what can be deleted now. Answers whether nothing was there any more.
 */
export async function removeFleetLattice(plan: FleetPlan, { home, clientFor, networks, ask }: Hands): Promise<boolean> {
  const names = new Set(plan.foreign.map(({ name }) => name));
  const groups = new Set([...names, ...plan.routes.flatMap((route) => route.providers.map((cluster) => groupName(route, cluster)))]);
  let left = 0;
  for (const account of [homeAccount.number, sharingAccount]) {
    const client = await clientFor(account);
    left += await removeServices(client, home, names);
    left += await removeGroups(client, groups);
  }
  for (const [at, name] of plan.networks.entries()) {
    const network = networks.get(name);
    if (!network) continue;
    left += await removeVpcs(home, network.id, new Set(plan.vpcs.map(({ id }) => id)));
    // The first was there before the fleet.
    if (at > 0) left += await goes(home.send(new DeleteServiceNetworkCommand({ serviceNetworkIdentifier: network.id })));
  }
  if (left > 0) return false;
  await removeShares(plan, ask);
  return true;
}

/** Of what is gone now, and of the first network with the accounts of the fleet's VPCs. */
async function removeShares({ networks: [first], vpcs }: FleetPlan, ask: Hands["ask"]): Promise<void> {
  const regions = await Promise.all(
    [homeAccount.number, sharingAccount].map(async (account) => Region.parse(await ask("describe", { account, region: fleetRegion }))),
  );
  const there = regions.flatMap(({ networks, services }) => [...networks, ...services]);
  for (const { arn, account } of Shares.parse(await ask("shares", {}))) {
    const shared = there.find((one) => one.arn === arn);
    const isOurs = shared?.name === first && vpcs.some((vpc) => vpc.account.number === account);
    if (!shared || isOurs) await ask("removeShare", { arn, account });
  }
}

async function removeServices(client: VPCLatticeClient, home: VPCLatticeClient, names: ReadonlySet<string>): Promise<number> {
  let left = 0;
  for await (const page of paginateListServices({ client }, { maxResults: 100 }))
    for (const { id: serviceIdentifier, name, status } of page.items ?? []) {
      if (!names.has(name ?? "")) continue;
      left += 1;
      for await (const associations of paginateListServiceNetworkServiceAssociations({ client: home }, { serviceIdentifier }))
        for (const one of associations.items ?? [])
          if (one.status !== "DELETE_IN_PROGRESS")
            await home.send(new DeleteServiceNetworkServiceAssociationCommand({ serviceNetworkServiceAssociationIdentifier: one.id }));
      if (status !== "DELETE_IN_PROGRESS") await goes(client.send(new DeleteServiceCommand({ serviceIdentifier })));
    }
  return left;
}

async function removeGroups(client: VPCLatticeClient, names: ReadonlySet<string>): Promise<number> {
  let left = 0;
  for await (const page of paginateListTargetGroups({ client }, { maxResults: 100 }))
    for (const { id: targetGroupIdentifier, name } of page.items ?? []) {
      if (!names.has(name ?? "")) continue;
      left += 1;
      for await (const { items = [] } of paginateListTargets({ client }, { targetGroupIdentifier }))
        if (items.length > 0)
          await client.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets: items.map(({ id, port }) => ({ id, port })) }));
      await goes(client.send(new DeleteTargetGroupCommand({ targetGroupIdentifier })));
    }
  return left;
}

async function removeVpcs(home: VPCLatticeClient, serviceNetworkIdentifier: string, vpcs: ReadonlySet<string>): Promise<number> {
  let left = 0;
  for await (const page of paginateListServiceNetworkVpcAssociations({ client: home }, { serviceNetworkIdentifier }))
    for (const { id, vpcId, status } of page.items ?? []) {
      if (!vpcs.has(vpcId ?? "")) continue;
      left += 1;
      if (status !== "DELETE_IN_PROGRESS")
        await home.send(new DeleteServiceNetworkVpcAssociationCommand({ serviceNetworkVpcAssociationIdentifier: id }));
    }
  return left;
}

/** Refused while something still hangs on it: then it is for the next time. */
async function goes(answer: Promise<unknown>): Promise<number> {
  return answer.then(
    () => 0,
    () => 1,
  );
}
