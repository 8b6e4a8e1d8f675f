import { z } from "zod";
import type { EmulatorWorld } from "../emulator-world.ts";
import { newCall } from "../new-call.ts";
import type { Call } from "../operations/call.ts";
import { latticeOperations } from "../operations/lattice-operations.ts";

const day = 86_400_000;
const tags = z.record(z.string(), z.string()).default({});
const place = { account: z.string().regex(/^\d{12}$/), region: z.string().min(1) };

/** `port`, `protocol` and `vpcId` are those of the group; a Lambda function has none of them. */
const Group = z.strictObject({
  name: z.string().min(1),
  type: z.enum(["IP", "INSTANCE", "ALB", "LAMBDA"]).default("IP"),
  vpcId: z.string().min(1).optional(),
  port: z.int().default(80),
  protocol: z.enum(["HTTP", "HTTPS"]).default("HTTP"),
  tags,
  targets: z.array(z.strictObject({ id: z.string().min(1), port: z.int().optional() })).default([]),
});

/** Services as their controllers or owners would have left them a day ago: all live, their targets checked. */
export const ServicesToMake = z.strictObject({
  ...place,
  /** Name of a service network of the account, in which all of them are published. */
  network: z.string().min(1).optional(),
  services: z.array(
    z.strictObject({
      name: z.string().min(1),
      tags,
      listener: z.strictObject({ protocol: z.enum(["HTTP", "HTTPS"]), port: z.int() }).default({ protocol: "HTTP", port: 80 }),
      /** With one its auth type is AWS_IAM. */
      authPolicy: z.string().optional(),
      groups: z.array(Group.extend({ weight: z.int().default(1) })).min(1),
    }),
  ),
});
type Service = z.output<typeof ServicesToMake>["services"][number];

/** Target groups as the controllers of many clusters would have left them: named, tagged, their targets registered. */
export const GroupsToMake = z.strictObject({ ...place, groups: z.array(Group) });

const Made = z.object({ id: z.string(), arn: z.string() });
const operations = new Map(latticeOperations.map((one) => [one.name, one]));

/** Makes many services at once: the same operations as over the wire, with the same refusals. Answers their ids and ARNs in order. */
export function makeServices(world: EmulatorWorld, { account, region, network, services }: z.output<typeof ServicesToMake>) {
  const [found] = network === undefined ? [] : world.store.region({ account, region }).networks.by("name", network);
  if (network !== undefined && !found) throw new Error(`no service network ${network} in ${account} ${region}`);
  const at = steps(world, { account, region });
  const made = services.map((service) => makeService(at, service, found?.id ?? null));
  world.store.changed();
  return made;
}

/** The same for target groups that no service uses yet. */
export function makeTargetGroups(world: EmulatorWorld, { account, region, groups }: z.output<typeof GroupsToMake>): string[] {
  const at = steps(world, { account, region });
  const made = groups.map((group) => {
    const targetGroupIdentifier = makeGroup(at, group);
    if (group.targets.length > 0) run(at(1), "RegisterTargets", { targetGroupIdentifier, targets: group.targets });
    return targetGroupIdentifier;
  });
  world.store.changed();
  return made;
}

/** Each step a little later than the one before, so that what a step needs is ready. */
function steps(world: EmulatorWorld, where: { account: string; region: string }): (step: number) => Call {
  const store = world.store.region(where);
  const caller = { name: "sandbox", account: where.account, arn: "", access: "full" } as const;
  return (step) => newCall(world, { store, caller, now: world.clock.now() - day + step * 600_000 });
}

function makeGroup(at: (step: number) => Call, { name, type, vpcId, port, protocol, tags: given }: z.output<typeof Group>): string {
  const config = type === "LAMBDA" ? {} : { config: { port, protocol, ...(vpcId === undefined ? {} : { vpcIdentifier: vpcId }) } };
  return make(at(0), "CreateTargetGroup", { name, type, ...config, tags: given }).id;
}

function makeService(at: (step: number) => Call, service: Service, serviceNetworkIdentifier: string | null) {
  const { name, listener, authPolicy, groups, tags: given } = service;
  const authType = authPolicy === undefined ? "NONE" : "AWS_IAM";
  const { id: serviceIdentifier, arn } = make(at(0), "CreateService", { name, authType, tags: given });
  const ids = groups.map((group) => makeGroup(at, group));
  if (authPolicy !== undefined) run(at(1), "PutAuthPolicy", { resourceIdentifier: serviceIdentifier, policy: authPolicy });
  if (serviceNetworkIdentifier !== null)
    make(at(1), "CreateServiceNetworkServiceAssociation", { serviceIdentifier, serviceNetworkIdentifier, tags: given });
  for (const [place, { targets }] of groups.entries())
    if (targets.length > 0) run(at(1), "RegisterTargets", { targetGroupIdentifier: ids[place], targets });
  const { id: listenerIdentifier } = make(at(1), "CreateListener", {
    serviceIdentifier,
    name: `${listener.protocol.toLowerCase()}-${listener.port}`,
    ...listener,
    defaultAction: { fixedResponse: { statusCode: 404 } },
    tags: given,
  });
  const targetGroups = groups.map(({ weight }, place) => ({ targetGroupIdentifier: ids[place], weight }));
  const match = { httpMatch: { pathMatch: { match: { prefix: "/" }, caseSensitive: true } } };
  const rule = { name: "k8s-rule-1", priority: 1, match, action: { forward: { targetGroups } }, tags: given };
  make(at(1), "CreateRule", { serviceIdentifier, listenerIdentifier, ...rule });
  return { service: serviceIdentifier, arn, groups: ids };
}

function make(call: Call, operation: string, members: Record<string, unknown>): z.output<typeof Made> {
  return Made.parse(run(call, operation, members));
}

function run(call: Call, operation: string, members: Record<string, unknown>): object {
  const found = operations.get(operation);
  if (!found) throw new Error(`no operation ${operation}`);
  return found.run(call, members);
}
