import {
  CreateServiceNetworkCommand,
  CreateServiceNetworkVpcAssociationCommand,
  paginateListServiceNetworks,
  paginateListTargetGroups,
  VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { tagKeys } from "../../players/gateway-controller/controller-keys.ts";
import { awsCallers } from "../../players/networking/aws-callers.ts";
import type { LatticeDoor } from "../../testing/lattice-door.ts";
import { ensureServices } from "../ensure-services.ts";
import { fleetServices, sickTargets } from "./fleet-services.ts";
import { type FleetPlan, fleetRegion, homeAccount, namespaceOf } from "./plan-fleet.ts";
import { exportedAddresses, groupName, podPort } from "./provider-objects.ts";
import { removeFleetLattice } from "./remove-fleet-lattice.ts";
import { eksNameOf } from "./route-objects.ts";

const place = { account: homeAccount.number, region: fleetRegion };
/** AWS's own; a fleet that is larger than AWS allows raises it. */
const groupsPerRegion = 500;
const Network = z.looseObject({ id: z.string(), arn: z.string(), name: z.string() });
type Health = { readonly targetGroup: string; readonly ip?: string };

/** What the large fleet has in the emulated AWS; `door` is its control surface. */
export function fleetLattice(door: LatticeDoor, secret: string) {
  const clients: VPCLatticeClient[] = [];
  const clientOf = (accessKeyId: string) => {
    const client = new VPCLatticeClient({ endpoint: door.url, region: fleetRegion, credentials: { accessKeyId, secretAccessKey: secret } });
    clients.push(client);
    return client;
  };
  const home = clientOf(awsCallers.infrastructure.accessKeyId);

  async function networks(): Promise<ReadonlyMap<string, z.infer<typeof Network>>> {
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
      if (vpc.account.number !== homeAccount.number) await door.ask("putShare", { arn: network.arn, account: vpc.account.number });
      const client = await clientFor(vpc.account.number);
      const input = { serviceNetworkIdentifier: network.arn, vpcIdentifier: vpc.id };
      await client.send(new CreateServiceNetworkVpcAssociationCommand(input)).catch(unlessThere);
    }
  }

  const foreigners = new Map<string, VPCLatticeClient>([[homeAccount.number, home]]);
  /** The infrastructure code of another account. */
  async function clientFor(account: string): Promise<VPCLatticeClient> {
    const known = foreigners.get(account);
    if (known) return known;
    const accessKeyId = `AKIAFLEET${account}`;
    await door.ask("putCaller", { accessKeyId, caller: "infrastructure-code", account });
    const client = clientOf(accessKeyId);
    foreigners.set(account, client);
    return client;
  }

  /** What the exporting clusters' controllers would have made. */
  async function makeGroups(plan: FleetPlan): Promise<void> {
    const groups = plan.routes.flatMap((route) =>
      route.providers.flatMap((cluster, at) => {
        const addresses = exportedAddresses(plan, route, at);
        if (addresses === null) return [];
        const tags = {
          [tagKeys.managedBy]: `${cluster.vpc.account.number}/${eksNameOf(cluster)}/${cluster.vpc.id}`,
          [tagKeys.clusterName]: eksNameOf(cluster),
          [tagKeys.serviceNamespace]: namespaceOf(cluster),
          [tagKeys.serviceName]: route.name,
          [tagKeys.sourceType]: "ServiceExport",
          [tagKeys.protocolVersion]: "HTTP1",
        };
        return [{ name: groupName(route, cluster), vpcId: cluster.vpc.id, tags, targets: addresses.map((id) => ({ id, port: podPort })) }];
      }),
    );
    const there = new Set<string>();
    for await (const page of paginateListTargetGroups({ client: home }, { maxResults: 100 }))
      for (const item of page.items ?? []) there.add(item.name ?? "");
    const missing = groups.filter(({ name }) => !there.has(name));
    await door.ask("changeSettings", { quotas: { targetGroupsPerRegion: groupsPerRegion + groups.length + plan.foreign.length } });
    if (missing.length > 0) await door.ask("makeTargetGroups", { ...place, groups: missing });
  }

  const makeServices = (plan: FleetPlan) =>
    ensureServices({ ask: (method, input) => door.ask(method, input), client: home }, { ...place, services: fleetServices(plan) });

  async function setHealths(plan: FleetPlan): Promise<void> {
    for (const one of healthsOf(plan)) await door.ask("setHealth", { ...one, status: "UNHEALTHY" });
  }

  /** Takes a step towards nothing being left; answers whether that is so. */
  async function remove(plan: FleetPlan): Promise<boolean> {
    const isDone = await removeFleetLattice(plan, { home, clientFor, networks: await networks(), ask: door.ask });
    if (!isDone) return false;
    for (const one of healthsOf(plan)) await door.ask("clearHealth", one);
    await door.ask("changeSettings", { quotas: { targetGroupsPerRegion: groupsPerRegion } });
    return true;
  }

  const close = () => {
    for (const client of clients) client.destroy();
  };
  return { makeNetworks, associate, makeGroups, makeServices, setHealths, remove, close };
}

/** What is told to the emulator's health checks: routes that are down or half down, machines that do not answer. */
function healthsOf(plan: FleetPlan): Health[] {
  const ofRoutes = plan.routes.flatMap((route): Health[] => {
    const [first] = route.providers;
    if (first === undefined) return [];
    const targetGroup = groupName(route, first);
    const [sick] = exportedAddresses(plan, route, 0) ?? [];
    if (route.health === "down") return [{ targetGroup }];
    return route.health === "degraded" && sick !== undefined ? [{ targetGroup, ip: sick }] : [];
  });
  const ofMachines = plan.foreign.flatMap((one, at) => sickTargets(one, at).map(({ ip }) => ({ targetGroup: one.name, ip })));
  return [...ofRoutes, ...ofMachines];
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error) || error.name !== "ConflictException") throw error;
}
