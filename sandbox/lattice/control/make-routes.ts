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

/** Target groups as the controllers of many clusters would have left them: named, tagged, their targets registered. */
export const GroupsToMake = z.strictObject({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  groups: z.array(RoutesToMake.shape.routes.element.shape.groups.element.omit({ weight: true }).extend({ vpcId: z.string().min(1) })),
});

const Made = z.object({ id: z.string() });
const operations = new Map(latticeOperations.map((one) => [one.name, one]));

/** Makes many routes at once, for benchmarks: the same operations as over the wire, with the same refusals. Answers the ids in order. */
export function makeRoutes(world: EmulatorWorld, { account, region, network, vpcId, routes }: RoutesToMake) {
  const store = world.store.region({ account, region });
  const [found] = store.networks.by("name", network);
  if (!found) throw new Error(`no service network ${network} in ${account} ${region}`);
  const at = steps(world, { account, region });
  const made = routes.map((route) => makeRoute(at, { route, networkId: found.id, vpcId }));
  world.store.changed();
  return made;
}

/** The same for target groups that no service uses yet. */
export function makeTargetGroups(world: EmulatorWorld, { account, region, groups }: z.output<typeof GroupsToMake>): string[] {
  const at = steps(world, { account, region });
  const made = groups.map(({ name, tags: given, targets, vpcId }) => {
    const targetGroupIdentifier = makeGroup(at, { name, tags: given, vpcId });
    if (targets.length > 0) run(at(1), "RegisterTargets", { targetGroupIdentifier, targets });
    return targetGroupIdentifier;
  });
  world.store.changed();
  return made;
}

/** Each step a little later than the one before, so that what a step needs is ready. */
function steps(world: EmulatorWorld, place: { account: string; region: string }): (step: number) => Call {
  const store = world.store.region(place);
  const caller = { name: "sandbox", account: place.account, arn: "", access: "full" } as const;
  return (step) => newCall(world, { store, caller, now: world.clock.now() - day + step * 600_000 });
}

function makeGroup(
  at: (step: number) => Call,
  { name, tags: given, vpcId }: { name: string; tags: Record<string, string>; vpcId: string },
) {
  return make(at(0), "CreateTargetGroup", { name, type: "IP", config: { port: 80, protocol: "HTTP", vpcIdentifier: vpcId }, tags: given });
}

function makeRoute(at: (step: number) => Call, { route, networkId, vpcId }: { route: Route; networkId: string; vpcId: string }) {
  const serviceIdentifier = make(at(0), "CreateService", { name: route.service, tags: route.tags });
  const groups = route.groups.map((group) => makeGroup(at, { ...group, vpcId }));
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
