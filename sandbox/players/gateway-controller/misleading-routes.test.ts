import { afterAll, beforeAll, expect, it } from "vitest";
import { Gateway, Route } from "./network-objects.ts";
import { networkResources } from "./network-resources.ts";
import { make } from "./testing/route-objects.ts";
import { applyAll, place, quick, type RouteWorld, routeWorld, type SeenEvent, seenEvents, until } from "./testing/route-world.ts";

const prefix = "application-networking.k8s.aws/";
const pace = { speed: 20 };
let world: RouteWorld;

beforeAll(async () => {
  world = await routeWorld();
  world.lattice.changeSettings(quick(1));
  await world.createNetwork("net-prod");
  world.controller("provider", pace);
  world.controller("management", pace);
  await applyAll(world.clients.provider, [make.namespace("shop")]);
  for (const name of ["orders", "ledger", "second", "gone"])
    await applyAll(world.clients.provider, [make.service(name), make.endpoints(name, ["10.2.0.1"]), make.serviceExport(name)]);
  await applyAll(world.clients.management, [
    make.namespace("lattice"),
    make.namespace("shop", { "example.test/network": "net-prod" }),
    make.gatewayClass(),
    make.gateway(),
    make.gateway("net-tls", tlsListeners()),
    ...["orders", "ledger", "second", "gone", "ghost"].map((name) => make.serviceImport(`${name}-a`, name)),
  ]);
  await world.createNetwork("net-tls");
  await until("four registered groups", () => (groups().filter((one) => one.targets.length === 1).length === 4 ? true : null));
});
afterAll(() => world.stop());

function tlsListeners() {
  const allowedRoutes = { namespaces: { from: "All" } };
  const tls = { mode: "Terminate", certificateRefs: [{ name: "unused" }] };
  return [{ name: "cert", protocol: "HTTPS", port: 443, hostname: "*.example.test", allowedRoutes, tls }];
}
const groups = () => world.lattice.describe(place).targetGroups;
const service = (name: string) => world.lattice.describe(place).services.find((one) => one.name === name);
const apply = (...objects: object[]) => applyAll(world.clients.management, objects);
const events = (name: string) => seenEvents(world.clients.management, "shop", name);
const routeOf = async (name: string) =>
  Route.parse(await world.clients.management.get(networkResources.httpRoute, { namespace: "shop", name }));
const said = (all: readonly SeenEvent[], reason: string) => all.filter((one) => one.reason === reason);
const untilSaid = (name: string, reason: string) =>
  until(`${reason} of ${name}`, async () => {
    const all = await events(name);
    return said(all, reason).length > 0 ? all : null;
  });
async function conditions(name: string): Promise<Record<string, string>> {
  const [parent] = (await routeOf(name)).status?.parents ?? [];
  return Object.fromEntries((parent?.conditions ?? []).map((one) => [one.type, `${one.status} ${one.reason ?? ""}`]));
}
const healthy = { Accepted: "True Accepted", ResolvedRefs: "True ResolvedRefs" };
const toOrders = [make.rule("/", [make.importRef("orders-a")])];

it.each([
  ["no listener of the name", "NoMatchingParent", { section: "nope" }],
  [
    "a host name that does not fit",
    "NoMatchingListenerHostname",
    { gateway: "net-tls", section: "cert", spec: { hostnames: ["a.other.test"] } },
  ],
])("says that all is well after it refused a route: %s", async (_what, reason, options) => {
  const name = reason.toLowerCase();
  await apply(make.route(name, toOrders, options));
  const all = await untilSaid(name, "DeploySucceed");
  expect(said(all, "FailedBuildModel").map((one) => one.message)[0]).toMatch(/^No VPC Lattice resources created/);
  expect(await conditions(name)).toEqual({ Accepted: `False ${reason}`, ResolvedRefs: "True ResolvedRefs" });
  expect(service(`${name}-shop`)).toBeUndefined();
});

it("says so too when the namespace is not allowed", async () => {
  await apply(make.namespace("elsewhere"), make.route("badns", toOrders, { namespace: "elsewhere" }));
  await until(
    "the refusal",
    async () => (await seenEvents(world.clients.management, "elsewhere")).find((one) => one.reason === "DeploySucceed") ?? null,
  );
  const route = Route.parse(await world.clients.management.get(networkResources.httpRoute, { namespace: "elsewhere", name: "badns" }));
  expect(route.status?.parents?.[0]?.conditions?.[0]?.reason).toBe("NotAllowedByListeners");
});

it("does not see a route whose Gateway is missing", async () => {
  await apply(make.route("nogw", toOrders, { gateway: "missing" }), make.route("seen-after", toOrders, { section: "nope" }));
  await untilSaid("seen-after", "DeploySucceed");
  const route = await routeOf("nogw");
  expect([route.metadata.finalizers, route.status?.parents, await events("nogw")]).toEqual([undefined, undefined, []]);
});

it("answers 500 for a Service that is missing, and says DeploySucceed", async () => {
  await apply(make.route("badsvc", [make.rule("/", [make.serviceRef("nosuch")])]));
  await untilSaid("badsvc", "DeploySucceed");
  expect(await conditions("badsvc")).toEqual({ Accepted: "True Accepted", ResolvedRefs: "False BackendNotFound" });
  const rule = service("badsvc-shop")?.listeners[0]?.rules.find((one) => one.priority === 1);
  expect(rule?.action).toEqual({ fixedResponse: { statusCode: 500 } });
});

it("keeps both conditions True while an export is missing, with a live service that answers 404", async () => {
  await apply(make.route("ghost", [make.rule("/", [make.importRef("ghost-a")])]));
  const all = await untilSaid("ghost", "FailedDeployModel");
  expect(said(all, "FailedDeployModel")[0]?.message).toBe(
    "Failed deploy model due to error during rule synthesis target group for service import could not be found",
  );
  expect(await conditions("ghost")).toEqual(healthy);
  expect(service("ghost-shop")?.listeners[0]?.rules.map((one) => one.priority ?? null)).toEqual([null]);
});

it("combines Warnings from the tenth on when a second route takes an export that is in use", async () => {
  await apply(make.route("first", [make.rule("/", [make.importRef("second-a")])]));
  await untilSaid("first", "DeploySucceed");
  await apply(make.route("another", [make.rule("/", [make.importRef("second-a")])]));
  const warnings = await until("combined Warnings", async () => {
    const all = said(await events("another"), "FailedDeployModel");
    return all.some((one) => one.message.startsWith("(combined from similar events): ") && one.count > 1) ? all : null;
  });
  expect(warnings).toHaveLength(10);
  expect(warnings[0]?.message).toContain("StatusCode: 409");
  expect(await conditions("another")).toEqual(healthy);
});

it("leaves the first ten of eleven rules live", async () => {
  const rules = Array.from({ length: 11 }, (_, at) => make.rule(`/r${at}`, [make.importRef("ledger-a")], "Exact"));
  await apply(make.route("eleven", rules));
  const all = await untilSaid("eleven", "FailedDeployModel");
  expect(said(all, "FailedDeployModel")[0]?.message).toContain("StatusCode: 402");
  expect(service("eleven-shop")?.listeners[0]?.rules.filter((one) => !one.isDefault)).toHaveLength(10);
  expect(await conditions("eleven")).toEqual(healthy);
});

it.each([
  [
    "twomatch",
    "LATTICE_NO_SUPPORT_FOR_MULTIPLE_MATCHES",
    [{ path: { type: "Exact", value: "/a" } }, { path: { type: "Exact", value: "/b" } }],
  ],
  ["query", "LATTICE_UNSUPPORTED_MATCH_TYPE", [{ queryParams: [{ type: "Exact", name: "a", value: "b" }] }]],
])("builds nothing for the match of %s and changes no condition", async (name, code, matches) => {
  await apply(make.route(name, [{ matches, backendRefs: [make.importRef("orders-a")] }]));
  const all = await untilSaid(name, "FailedBuildModel");
  expect(said(all, "FailedBuildModel")[0]?.message).toBe(`Failed build model due to failed to build rules due to ${code}`);
  expect(await conditions(name)).toEqual(healthy);
});

it("looks away from an association that failed", async () => {
  world.lattice.forceStatus({
    kind: "service-association",
    match: "failing-shop",
    status: "CREATE_FAILED",
    failureCode: "x",
    failureMessage: "no",
  });
  await apply(make.route("failing", [make.rule("/", [make.serviceRef("nosuch")])]));
  await untilSaid("failing", "DeploySucceed");
  expect(await conditions("failing")).toMatchObject({ Accepted: "True Accepted" });
  world.lattice.freeStatus({ kind: "service-association", match: "failing-shop" });
});

it("takes an untagged service of the name for its own, and leaves another's alone", async () => {
  await world.createService("taken", { [`${prefix}ManagedBy`]: "111122223333/other/vpc-0000000000000000c" });
  await world.createService("free", {});
  const named = (name: string) => ({ annotations: { [`${prefix}service-name-override`]: name } });
  const rules = [make.rule("/", [make.serviceRef("nosuch")])];
  await apply(make.route("wants-taken", rules, named("taken")), make.route("wants-free", rules, named("free")));
  await until("the conflict", async () => ((await conditions("wants-taken")).Accepted === "False Conflicted" ? true : null));
  expect(said(await events("wants-taken"), "FailedDeployModel")[0]?.message).toContain("Found existing resource not owned by controller");
  await untilSaid("wants-free", "DeploySucceed");
  expect(service("free")?.tags[`${prefix}ManagedBy`]).toBe("111122223333/mgmt/vpc-0000000000000000f");
});

it("leaves a Gateway waiting for its controller when AWS does not let it see networks", async () => {
  const fault = world.lattice.putFault({
    operation: "ListServiceNetworks",
    caller: "mgmt",
    status: 403,
    type: "AccessDeniedException",
    message: "no",
  });
  await apply(make.gateway("net-denied"));
  await until("two refusals", () => (world.calls("mgmt").filter((one) => one.status === 403).length >= 2 ? true : null));
  const ref = { namespace: "lattice", name: "net-denied" };
  const gateway = Gateway.parse(await world.clients.management.get(networkResources.gateway, ref));
  expect(gateway.status?.conditions?.find((one) => one.type === "Programmed")).toMatchObject({
    status: "Unknown",
    message: "Waiting for controller",
  });
  expect(await seenEvents(world.clients.management, "lattice", "net-denied")).toEqual([]);
  world.lattice.removeFault({ id: fault });
});

it("waits for a certificate and finds it", async () => {
  await apply(
    make.route("cert", [make.rule("/", [make.serviceRef("nosuch")])], {
      gateway: "net-tls",
      section: "cert",
      spec: { hostnames: ["a.example.test"] },
    }),
  );
  await until("the refusal", async () => ((await conditions("cert")).Accepted === "False CertificateNotFound" ? true : null));
  const arn = "arn:aws:acm:us-west-2:111122223333:certificate/11111111-2222-3333-4444-555555555555";
  world.certificates([{ arn, domainName: "*.example.test" }]);
  await untilSaid("cert", "DeploySucceed");
  expect(service("cert-shop")).toMatchObject({ customDomainName: "a.example.test", certificateArn: arn });
});

it("does not take a Service with two IP families", async () => {
  // Without a selector a headless Service gets both families, on any API server.
  await apply(make.service("dual", { clusterIP: "None" }), make.route("dual", [make.rule("/", [make.serviceRef("dual")])]));
  await until("the refusal", async () => ((await conditions("dual")).Accepted === "False UnsupportedValue" ? true : null));
  expect(service("dual-shop")).toBeUndefined();
});

it("stops traffic at once when the export goes first, and hangs", async () => {
  await apply(make.route("goner", [make.rule("/", [make.importRef("gone-a")])]));
  await untilSaid("goner", "DeploySucceed");
  const ref = { namespace: "shop", name: "gone" };
  await world.clients.provider.delete(networkResources.serviceExport, ref);
  const group = () => groups().find((one) => one.name.startsWith("k8s-shop-gone-"));
  await until("no targets", () => (group()?.targets.every((one) => one.status === "DRAINING") ? true : null));
  await until(
    "a refused deletion",
    () => world.calls("prod-a").find((one) => one.operation === "DeleteTargetGroup" && one.status === 409) ?? null,
  );
  const held = await world.clients.provider.get(networkResources.serviceExport, ref);
  expect(held.metadata.finalizers).toEqual(["serviceexport.k8s.aws/resources"]);
  expect(await conditions("goner")).toEqual(healthy);
  await world.clients.management.delete(networkResources.httpRoute, { namespace: "shop", name: "goner" });
  await until("the export gone", async () => ((await world.clients.provider.find(networkResources.serviceExport, ref)) ? null : true));
});

it("follows endpoints at once", async () => {
  await applyAll(world.clients.provider, [make.endpoints("orders", ["10.2.0.7"])]);
  const group = () => groups().find((one) => one.name.startsWith("k8s-shop-orders-"));
  await until("the new address", () => (group()?.targets.some((one) => one.id === "10.2.0.7") ? true : null));
});

it("holds up every other route while AWS throttles one, and says nothing", async () => {
  const fault = world.lattice.putFault({
    operation: "ListServices",
    caller: "mgmt",
    status: 429,
    type: "ThrottlingException",
    message: "Rate exceeded",
  });
  await apply(make.route("throttled", [make.rule("/", [make.serviceRef("nosuch")])]));
  await until("the first refusal", () => world.calls("mgmt").find((one) => one.status === 429) ?? null);
  await apply(make.route("behind", [make.rule("/", [make.serviceRef("nosuch")])]));
  const refused = () => world.calls("mgmt").filter((one) => one.status === 429).length;
  await until("five refusals", () => (refused() >= 5 ? true : null));
  expect((await routeOf("behind")).metadata.finalizers).toBeUndefined();
  expect(await events("behind")).toEqual([]);
  expect(said(await events("throttled"), "FailedDeployModel")).toEqual([]);
  world.lattice.removeFault({ id: fault });
  await untilSaid("behind", "DeploySucceed");
});
