import { z } from "zod";
import type { EmulatorWorld } from "../emulator-world.ts";
import { newCall } from "../new-call.ts";
import type { Call } from "../operations/call.ts";
import { latticeOperations } from "../operations/lattice-operations.ts";

const day = 86_400_000;
const tags = z.record(z.string(), z.string()).default({});

/** Routes as the gateway controllers would have left them a day ago: all live, their targets checked. */
export const RoutesToMake = z.strictObject({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  /** Name of a service network that exists. */
  network: z.string().min(1),
  vpcId: z.string().min(1),
  routes: z.array(
    z.strictObject({
      service: z.string().min(1),
      tags,
      groups: z
        .array(
          z.strictObject({
            name: z.string().min(1),
            weight: z.int().default(1),
            tags,
            targets: z.array(z.strictObject({ id: z.string().min(1), port: z.int() })).default([]),
          }),
        )
        .min(1),
    }),
  ),
});
type RoutesToMake = z.output<typeof RoutesToMake>;
type Route = RoutesToMake["routes"][number];

const Made = z.object({ id: z.string() });
const operations = new Map(latticeOperations.map((one) => [one.name, one]));

/** Makes many routes at once, for benchmarks: the same operations as over the wire, with the same refusals. Answers the ids in order. */
export function makeRoutes(world: EmulatorWorld, { account, region, network, vpcId, routes }: RoutesToMake) {
  const store = world.store.region({ account, region });
  const [found] = store.networks.by("name", network);
  if (!found) throw new Error(`no service network ${network} in ${account} ${region}`);
  const caller = { name: "sandbox", account, arn: "", access: "full" } as const;
  // Each step a little later than the one before, so that what a step needs is ready.
  const at = (step: number): Call => newCall(world, { store, caller, now: world.clock.now() - day + step * 600_000 });
  const made = routes.map((route) => makeRoute(at, { route, networkId: found.id, vpcId }));
  world.store.changed();
  return made;
}

function makeRoute(at: (step: number) => Call, { route, networkId, vpcId }: { route: Route; networkId: string; vpcId: string }) {
  const serviceIdentifier = make(at(0), "CreateService", { name: route.service, tags: route.tags });
  const groups = route.groups.map((group) => {
    const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId };
    return make(at(0), "CreateTargetGroup", { name: group.name, type: "IP", config, tags: group.tags });
  });
  make(at(1), "CreateServiceNetworkServiceAssociation", { serviceIdentifier, serviceNetworkIdentifier: networkId, tags: route.tags });
  for (const [place, { targets }] of route.groups.entries())
    if (targets.length > 0) run(at(1), "RegisterTargets", { targetGroupIdentifier: groups[place], targets });
  const defaultAction = { fixedResponse: { statusCode: 404 } };
  const listener = { serviceIdentifier, name: "http-80", protocol: "HTTP", port: 80, defaultAction, tags: route.tags };
  const listenerIdentifier = make(at(1), "CreateListener", listener);
  const targetGroups = route.groups.map(({ weight }, place) => ({ targetGroupIdentifier: groups[place], weight }));
  const match = { httpMatch: { pathMatch: { match: { prefix: "/" }, caseSensitive: true } } };
  const rule = { name: "k8s-rule-1", priority: 1, match, action: { forward: { targetGroups } }, tags: route.tags };
  make(at(1), "CreateRule", { serviceIdentifier, listenerIdentifier, ...rule });
  return { service: serviceIdentifier, groups };
}

function make(call: Call, operation: string, members: Record<string, unknown>): string {
  return Made.parse(run(call, operation, members)).id;
}

function run(call: Call, operation: string, members: Record<string, unknown>): object {
  const found = operations.get(operation);
  if (!found) throw new Error(`no operation ${operation}`);
  return found.run(call, members);
}
