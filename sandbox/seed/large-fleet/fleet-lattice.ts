import {
  CreateServiceNetworkCommand,
  CreateServiceNetworkVpcAssociationCommand,
  DeleteServiceNetworkCommand,
  DeleteServiceNetworkVpcAssociationCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  paginateListServiceNetworks,
  paginateListServiceNetworkVpcAssociations,
  paginateListTargetGroups,
  paginateListTargets,
  VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { tagKeys } from "../../players/gateway-controller/controller-keys.ts";
import { awsCallers } from "../../players/networking/aws-callers.ts";
import type { LatticeDoor } from "../../testing/lattice-door.ts";
import { type FleetPlan, type FleetRoute, type FleetVpc, fleetRegion, homeAccount } from "./plan-fleet.ts";
import { eksNameOf } from "./route-objects.ts";

const targetsPerGroup = 3;
const groupName = (route: FleetRoute, place: number) => `k8s-fleet-${route.name}-${place}`;
const place = { account: homeAccount.number, region: fleetRegion };
const waitMs = 500;
const Network = z.looseObject({ id: z.string(), arn: z.string(), name: z.string() });

/** What the large fleet has in the emulated AWS; `door` is its control surface. */
export function fleetLattice(door: LatticeDoor, secret: string) {
  const clientOf = (accessKeyId: string) =>
    new VPCLatticeClient({ endpoint: door.url, region: fleetRegion, credentials: { accessKeyId, secretAccessKey: secret } });
  const home = clientOf(awsCallers.infrastructure.accessKeyId);

  async function networks(): Promise<Map<string, z.infer<typeof Network>>> {
    const found = new Map<string, z.infer<typeof Network>>();
    for await (const page of paginateListServiceNetworks({ client: home }, { maxResults: 100 }))
      for (const item of page.items ?? []) found.set(item.name ?? "", Network.parse(item));
    return found;
  }

  async function makeNetworks({ networks: names }: FleetPlan): Promise<void> {
    const known = await networks();
    for (const name of names)
      if (!known.has(name))
        await home.send(new CreateServiceNetworkCommand({ name, authType: "NONE", tags: { "managed-by": "infrastructure-code" } }));
  }

  /** Other accounts reach a network through RAM and associate their own VPCs. */
  async function associate({ vpcs }: FleetPlan): Promise<void> {
    const known = await networks();
    for (const vpc of vpcs) {
      const network = known.get(vpc.network);
      if (!network) throw new Error(`no service network ${vpc.network}`);
      const client = await clientFor(vpc, network.arn);
      const input = { serviceNetworkIdentifier: network.arn, vpcIdentifier: vpc.id };
      await client.send(new CreateServiceNetworkVpcAssociationCommand(input)).catch(unlessThere);
    }
  }

  async function clientFor({ account }: FleetVpc, networkArn: string): Promise<VPCLatticeClient> {
    if (account.number === homeAccount.number) return home;
    const accessKeyId = `AKIAFLEET${account.number}`;
    await door.ask("putCaller", { accessKeyId, caller: "infrastructure-code", account: account.number });
    await door.ask("putShare", { arn: networkArn, account: account.number });
    return clientOf(accessKeyId);
  }

  /** What the exporting clusters' controllers would have made; the emulator's quota grows with a fleet that is larger than AWS allows. */
  async function makeGroups({ routes }: FleetPlan): Promise<void> {
    const groups = routes.flatMap((route) =>
      route.providers.map((cluster, at) => ({
        name: groupName(route, at),
        vpcId: cluster.vpc.id,
        tags: {
          [tagKeys.clusterName]: eksNameOf(cluster),
          [tagKeys.serviceNamespace]: route.team,
          [tagKeys.serviceName]: route.name,
          [tagKeys.sourceType]: "ServiceExport",
          [tagKeys.protocolVersion]: "HTTP1",
        },
        targets: at === 0 && route.health === "empty" ? [] : targetsOf(cluster.vpc, routes.indexOf(route)),
      })),
    );
    const there = new Set<string>();
    for await (const page of paginateListTargetGroups({ client: home }, { maxResults: 100 }))
      for (const item of page.items ?? []) there.add(item.name ?? "");
    const missing = groups.filter(({ name }) => !there.has(name));
    await door.ask("changeSettings", { quotas: { targetGroupsPerRegion: 500 + groups.length } });
    if (missing.length > 0) await door.ask("makeTargetGroups", { ...place, groups: missing });
  }

  async function setHealths({ routes }: FleetPlan): Promise<void> {
    for (const [at, route] of routes.entries()) {
      const [provider] = route.providers;
      const [sick] = provider ? targetsOf(provider.vpc, at) : [];
      const targetGroup = groupName(route, 0);
      if (route.health === "down") await door.ask("setHealth", { targetGroup, status: "UNHEALTHY" });
      if (route.health === "degraded" && sick) await door.ask("setHealth", { targetGroup, ip: sick.id, status: "UNHEALTHY" });
    }
  }

  /** Once the routes are gone: groups, associations, networks, shares. Answers false while something is still in use. */
  async function remove({ networks: names, vpcs, routes }: FleetPlan): Promise<boolean> {
    const known = await networks();
    const ours = new Set(routes.flatMap((route) => route.providers.map((_, at) => groupName(route, at))));
    let done = true;
    for await (const page of paginateListTargetGroups({ client: home }, { maxResults: 100 }))
      for (const item of page.items ?? [])
        if (item.id && ours.has(item.name ?? "")) {
          await removeGroup(item.id).catch(() => undefined);
          done = false;
        }
    for (const name of names) {
      const network = known.get(name);
      if (!network) continue;
      for await (const page of paginateListServiceNetworkVpcAssociations({ client: home }, { serviceNetworkIdentifier: network.id }))
        for (const { id, vpcId, status } of page.items ?? []) {
          if (!vpcs.some((vpc) => vpc.id === vpcId)) continue;
          done = false;
          if (status !== "DELETE_IN_PROGRESS")
            await home.send(new DeleteServiceNetworkVpcAssociationCommand({ serviceNetworkVpcAssociationIdentifier: id }));
        }
      if (name === names[0]) continue;
      const isGone = await home.send(new DeleteServiceNetworkCommand({ serviceNetworkIdentifier: network.id })).then(
        () => true,
        () => false,
      );
      if (!isGone) done = false;
    }
    if (done)
      for (const { account } of vpcs) for (const { arn } of known.values()) await door.ask("removeShare", { arn, account: account.number });
    return done;
  }

  async function removeGroup(targetGroupIdentifier: string): Promise<void> {
    for await (const page of paginateListTargets({ client: home }, { targetGroupIdentifier }))
      if (page.items?.length)
        await home.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets: page.items.map(({ id, port }) => ({ id, port })) }));
    await home.send(new DeleteTargetGroupCommand({ targetGroupIdentifier }));
  }

  return { makeNetworks, associate, makeGroups, setHealths, remove, waitMs, close: () => home.destroy() };
}

/** Addresses in the VPC's own block, a few for each group. */
function targetsOf(vpc: FleetVpc, route: number): { id: string; port: number }[] {
  const [first = "10", second = "64"] = vpc.cidr.split(".");
  return Array.from({ length: targetsPerGroup }, (_, n) => ({
    id: `${first}.${second}.${route % 250}.${Math.floor(route / 250) * 8 + n + 10}`,
    port: 8080,
  }));
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error) || error.name !== "ConflictException") throw error;
}
