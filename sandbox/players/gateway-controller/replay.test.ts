import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { KubeObject } from "../../kube/kube-object.ts";
import type { LoggedCall } from "../../lattice/call-log.ts";
import { networkResources } from "./network-resources.ts";
import { callsOfExport, cleanDeploy, recordedArguments, shape } from "./testing/clean-deploy.ts";
import { make } from "./testing/route-objects.ts";
import { applyAll, place, quick, type RouteWorld, routeWorld, seenEvents, until } from "./testing/route-world.ts";

const prefix = "application-networking.k8s.aws/";
const tags = { [`${prefix}tags`]: "team=t1,request=r1" };
/** The record ends before the collector's first look. */
const pace = { speed: 3, collectSeconds: 10_000 };
const Recorded = z.array(z.record(z.string(), z.unknown()));
const Conditions = z.array(z.looseObject({ lastTransitionTime: z.string() }));
const Status = z.looseObject({
  conditions: Conditions.optional(),
  parents: z.array(z.looseObject({ controllerName: z.string(), conditions: Conditions })).optional(),
  listeners: z.array(z.looseObject({ name: z.string(), supportedKinds: z.unknown(), conditions: Conditions })).optional(),
});
const WithStatus = z.looseObject({ status: Status.optional() });

let world: RouteWorld;
const groups = new Map<string, string>();

beforeAll(async () => {
  world = await routeWorld();
  world.lattice.changeSettings(quick(3));
  await deploy();
});
afterAll(() => world.stop());

async function deploy(): Promise<void> {
  const { management, provider } = world.clients;
  await applyAll(provider, [make.namespace("shop")]);
  for (const name of ["orders", "orders2"]) await applyAll(provider, [make.service(name), make.endpoints(name, addresses(name))]);
  world.controller("provider", pace);
  for (const name of ["orders", "orders2"]) {
    await applyAll(provider, [make.serviceExport(name, { annotations: tags })]);
    // In the record the policy came a moment after the group, so the group got its health check later.
    await until(`the group of ${name}`, () => findGroup(name));
    await applyAll(provider, [make.targetGroupPolicy(name, recordedPolicy())]);
  }
  for (const name of ["orders", "orders2"]) groups.set(await registered(name), name);
  await applyAll(management, [
    make.namespace("lattice"),
    make.namespace("shop", { "example.test/network": "net-prod" }),
    make.gatewayClass(),
    make.gateway(),
    make.serviceImport("orders-a", "orders"),
    make.serviceImport("orders2-a", "orders2"),
    make.iamAuthPolicy("orders-allow", "orders", recordedPolicyText()),
  ]);
  await world.createNetwork("net-prod");
  world.controller("management", pace);
  await until("the Gateway", () => world.calls("mgmt").find((one) => one.operation === "ListTagsForResource") ?? null);
  await applyAll(management, [recordedRoute()]);
  await until("the route's annotation", async () => {
    const route = await management.get(networkResources.httpRoute, { namespace: "shop", name: "orders" });
    return route.metadata.annotations?.[`${prefix}lattice-service-arn`] ?? null;
  });
  const lastPut = () => world.calls("mgmt").findLast((one) => one.operation === "UpdateService")?.seq ?? 0;
  const annotated = world.calls("mgmt").findLast((one) => one.operation === "ListRules")?.seq ?? 0;
  await until("the policy's look after the route's last event", () => (lastPut() > annotated ? true : null));
}

const addresses = (name: string) => (name === "orders" ? ["10.2.0.1", "10.2.0.2"] : ["10.2.1.1", "10.2.1.2"]);

function ofExport(name: string): LoggedCall[] {
  const id = [...groups].find(([, one]) => one === name)?.[0] ?? "";
  return callsOfExport(world.calls("prod-a"), name, id);
}

function recordedRoute(): KubeObject {
  const canary = { path: { type: "PathPrefix", value: "/api/" }, headers: [{ type: "Exact", name: "x-canary", value: "true" }] };
  const rules = [
    make.rule("/status", [make.importRef("orders-a")], "Exact"),
    { matches: [canary], backendRefs: [make.importRef("orders2-a")] },
    make.rule("/api/", [make.importRef("orders-a", 90), make.importRef("orders2-a", 10)]),
  ];
  return make.route("orders", rules, { annotations: { ...tags, [`${prefix}service-name-override`]: "t1-orders" } });
}

function recordedPolicy(): object {
  const healthCheck = {
    enabled: true,
    healthyThresholdCount: 2,
    intervalSeconds: 10,
    path: "/healthz",
    protocol: "HTTP",
    protocolVersion: "HTTP1",
    statusMatch: "200",
    timeoutSeconds: 5,
    unhealthyThresholdCount: 2,
  };
  return { healthCheck };
}

function recordedPolicyText(): string {
  return z.object({ policy: z.string() }).parse(cleanDeploy.writes.PutAuthPolicy).policy;
}

function findGroup(name: string) {
  return world.lattice.describe(place).targetGroups.find((one) => one.name.startsWith(`k8s-shop-${name}-`)) ?? null;
}

async function registered(name: string): Promise<string> {
  const done = await until(`targets of ${name}`, () => {
    const group = findGroup(name);
    const calls = group ? callsOfExport(world.calls("prod-a"), name, group.id) : [];
    return group && calls.at(-1)?.operation === "ListTargets" && calls.filter((one) => one.operation === "UpdateTargetGroup").length > 0
      ? group
      : null;
  });
  return done.id;
}

it.each([
  ["orders", cleanDeploy.calls.export],
  ["orders2", cleanDeploy.calls.exportAgain],
] as const)("makes the export %s with the recorded calls", (name, recorded) => {
  // What comes after are looks at an export that is done.
  expect(shape(ofExport(name)).slice(0, recorded.length)).toEqual(recorded);
});

it("makes the route with the recorded calls, in their order", () => {
  const elsewhere = ["ListServices", "PutAuthPolicy", "UpdateService"];
  const calls = world.calls("mgmt").filter((one) => !elsewhere.includes(one.operation));
  expect(shape(calls)).toEqual(cleanDeploy.calls.gatewayAndRoute);
});

it("puts the policy, then turns it on, again and again as the route has events", () => {
  const all = world.calls("mgmt");
  const calls = shape(all.filter((one) => ["PutAuthPolicy", "UpdateService"].includes(one.operation)));
  // Of the recorded four times the first fell into the milliseconds after CreateService, which a busy machine may miss.
  expect(calls.length).toBeGreaterThanOrEqual(cleanDeploy.calls.policy.length - 2);
  const recorded = [...cleanDeploy.calls.policy, ...cleanDeploy.calls.policy];
  expect(calls).toEqual(recorded.slice(0, calls.length));
  expect(all.findIndex((one) => one.operation === "PutAuthPolicy")).toBeGreaterThan(
    all.findIndex((one) => one.operation === "CreateService"),
  );
});

it.each(Object.entries(cleanDeploy.writes))("sends with %s what was recorded", (operation, recorded) => {
  const wanted = Recorded.parse(Array.isArray(recorded) ? recorded : [recorded]);
  const sent = [...ofExport("orders"), ...world.calls("mgmt")]
    .filter((one) => one.operation === operation && one.status < 300)
    .slice(0, wanted.length);
  expect(sent.map((one, at) => recordedArguments(one, wanted[at] ?? {}, groups))).toEqual(wanted);
});

it("says the recorded Events", async () => {
  const provider = await seenEvents(world.clients.provider, "shop", "orders");
  expect(unique(provider.map(({ type, reason, message }) => ({ type, reason, message: withoutIds(message) })))).toEqual(
    cleanDeploy.events.export,
  );
  const route = await seenEvents(world.clients.management, "shop", "orders");
  expect(route.map(({ object: _object, ...said }) => said)).toEqual(expect.arrayContaining(cleanDeploy.events.route));
  expect(route).toHaveLength(cleanDeploy.events.route.length);
  const policy = await seenEvents(world.clients.management, "shop", "orders-allow");
  expect(policy.map(({ type, reason, message }) => ({ type, reason, message }))).toEqual(expect.arrayContaining(cleanDeploy.events.policy));
});

const places = {
  HTTPRoute: ["management", networkResources.httpRoute, { namespace: "shop", name: "orders" }],
  ServiceImport: ["management", networkResources.serviceImport, { namespace: "shop", name: "orders-a" }],
  IAMAuthPolicy: ["management", networkResources.iamAuthPolicy, { namespace: "shop", name: "orders-allow" }],
  GatewayClass: ["management", networkResources.gatewayClass, { name: "amazon-vpc-lattice" }],
  Gateway: ["management", networkResources.gateway, { namespace: "lattice", name: "net-prod" }],
  ServiceExport: ["provider", networkResources.serviceExport, { namespace: "shop", name: "orders" }],
  TargetGroupPolicy: ["provider", networkResources.targetGroupPolicy, { namespace: "shop", name: "orders-lattice" }],
} as const;

it.each(Object.entries(places))("leaves the %s as recorded", async (kind, [side, resource, ref]) => {
  const recorded = cleanDeploy.objects[kind] ?? {};
  expect(described(await world.clients[side].get(resource, ref), recorded)).toEqual(recorded);
});

/** The parts of an object that were recorded, without times and numbers that differ from run to run. */
function described(object: KubeObject, recorded: object): object {
  const { status } = WithStatus.parse(object);
  const all = {
    finalizers: object.metadata.finalizers,
    annotations: Object.keys(object.metadata.annotations ?? {})
      .filter((key) => key.includes("lattice-"))
      .sort(),
    status: status ?? null,
    conditions: untimed(status?.conditions),
    parents: status?.parents?.map(({ controllerName, conditions }) => ({ controllerName, conditions: untimed(conditions) })),
    listeners: status?.listeners?.map(({ name, supportedKinds, conditions }) => ({
      name,
      supportedKinds,
      conditions: untimed(conditions),
    })),
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in recorded));
}

function untimed(conditions: z.infer<typeof Conditions> | undefined): object[] {
  return (conditions ?? []).map(({ lastTransitionTime: _time, ...rest }) => ({
    ...rest,
    ...(typeof rest.message === "string" ? { message: rest.message.replace(/arn:.*/, "<arn>") } : {}),
  }));
}

function withoutIds(message: string): string {
  return message.replace(/RequestID: [^,]*/, "RequestID: <id>").replaceAll(/tg-[0-9a-f]{17}/g, "<group>");
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
