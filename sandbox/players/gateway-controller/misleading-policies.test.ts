import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { KubeObject, Resource } from "../../kube/kube-object.ts";
import { Route } from "./network-objects.ts";
import { networkResources } from "./network-resources.ts";
import { make } from "./testing/route-objects.ts";
import { applyAll, place, quick, type RouteWorld, routeWorld, seenEvents, until } from "./testing/route-world.ts";

const prefix = "application-networking.k8s.aws/";
const policyText =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/b"},"Action":"vpc-lattice-svcs:Invoke","Resource":"*"}]}';
/** A resync each half second. */
const pace = { speed: 120, resyncSeconds: 60 };
const Conditions = z.looseObject({
  status: z.looseObject({ conditions: z.array(z.looseObject({ reason: z.string(), message: z.string() })).optional() }).optional(),
});
let world: RouteWorld;
const shop = (name: string) => ({ namespace: "shop", name });
const management = () => world.clients.management;
const apply = (...objects: object[]) => applyAll(management(), objects);
const service = (name: string) => world.lattice.describe(place).services.find((one) => one.name === name);
const group = (name: string) => world.lattice.describe(place).targetGroups.filter((one) => one.name.startsWith(`k8s-shop-${name}-`));
const find = (resource: Resource, name: string) => management().find(resource, shop(name));
const reasons = async (resource: Resource, name: string) =>
  Conditions.parse(await management().get(resource, shop(name))).status?.conditions?.map((one) => one.reason);
const saidOf = async (name: string) => (await seenEvents(management(), "shop", name)).map((one) => `${one.type} ${one.reason}`);
const gone = (what: string, resource: Resource, name: string) =>
  until(`${what} gone`, async () => ((await find(resource, name)) ? null : true));
const annotated = (name: string) =>
  until(`annotations of ${name}`, async () => {
    const route = Route.parse(await management().get(networkResources.httpRoute, shop(name)));
    return route.metadata.annotations?.[`${prefix}lattice-assigned-domain-name`] ? route : null;
  });

beforeAll(async () => {
  world = await routeWorld();
  world.lattice.changeSettings(quick(0.2));
  await world.createNetwork("net-prod");
  world.controller("provider", pace);
  world.controller("management", pace);
  await applyAll(world.clients.provider, [make.namespace("shop")]);
  for (const name of ["orders", "grpc"]) await applyAll(world.clients.provider, [make.service(name), make.endpoints(name, ["10.2.0.1"])]);
  await applyAll(world.clients.provider, [make.serviceExport("orders"), make.serviceExport("grpc", { routeType: "GRPC" })]);
  await apply(
    make.namespace("lattice"),
    make.namespace("shop", { "example.test/network": "net-prod" }),
    make.gatewayClass(),
    make.gateway(),
  );
  await apply(make.serviceImport("orders-a", "orders"), make.serviceImport("grpc-a", "grpc"));
  await until("registered groups", () =>
    group("orders")[0]?.targets.length === 1 && group("grpc")[0]?.targets.length === 1 ? true : null,
  );
  await apply(make.route("orders", [make.rule("/", [make.importRef("orders-a")])]));
  await annotated("orders");
});
afterAll(() => world.stop());

it("calls a policy for a missing route reconciled, without a finalizer", async () => {
  await apply(make.iamAuthPolicy("nowhere", "nope", policyText));
  await until("Reconciled", async () => ((await saidOf("nowhere")).includes("Normal Reconciled") ? true : null));
  expect(await reasons(networkResources.iamAuthPolicy, "nowhere")).toEqual(["TargetNotFound"]);
  expect((await find(networkResources.iamAuthPolicy, "nowhere"))?.metadata.finalizers).toBeUndefined();
});

it("accepts a policy that is no JSON, and cannot let go of it while the route is there", async () => {
  await apply(
    make.route("badjson", [make.rule("/", [make.serviceRef("nosuch")])]),
    make.iamAuthPolicy("badjson-pol", "badjson", '{"Version":'),
  );
  await until("FailedReconcile", async () => ((await saidOf("badjson-pol")).includes("Warning FailedReconcile") ? true : null));
  expect(await reasons(networkResources.iamAuthPolicy, "badjson-pol")).toEqual(["Accepted"]);
  await annotated("badjson");
  await management().delete(networkResources.iamAuthPolicy, shop("badjson-pol"));
  await sleep(1_500);
  expect((await find(networkResources.iamAuthPolicy, "badjson-pol"))?.metadata.finalizers).toEqual([`${prefix}iam-auth-policy`]);
  await management().delete(networkResources.httpRoute, shop("badjson"));
  await gone("the policy", networkResources.iamAuthPolicy, "badjson-pol");
});

it("puts a policy, proves it by annotations, and opens the service when it is deleted", async () => {
  await apply(make.iamAuthPolicy("orders-allow", "orders", policyText), make.iamAuthPolicy("orders-late", "orders", policyText));
  await until("the policy", () => (service("orders-shop")?.authType === "AWS_IAM" ? true : null));
  const policy = await until("its annotations", async () => {
    const found = await find(networkResources.iamAuthPolicy, "orders-allow");
    return found?.metadata.annotations?.[`${prefix}iam-auth-policy-resource-id`] ? found : null;
  });
  expect(policy.metadata.annotations?.[`${prefix}iam-auth-policy-resource-type`]).toBe("Service");
  await until("the later one refused", async () =>
    (await reasons(networkResources.iamAuthPolicy, "orders-late"))?.[0] === "Conflicted" ? true : null,
  );
  await management().delete(networkResources.iamAuthPolicy, shop("orders-late"));
  await management().delete(networkResources.iamAuthPolicy, shop("orders-allow"));
  await gone("the policy", networkResources.iamAuthPolicy, "orders-allow");
  expect([service("orders-shop")?.authType, service("orders-shop")?.authPolicy]).toEqual(["NONE", null]);
});

it("refuses access logs whose target names no namespace, and subscribes those that do", async () => {
  await apply(make.accessLogPolicy("logs-default", "orders"), make.accessLogPolicy("logs", "orders", "shop"));
  await until("Invalid", async () => ((await reasons(networkResources.accessLogPolicy, "logs-default"))?.[0] === "Invalid" ? true : null));
  await until("Accepted", async () => ((await reasons(networkResources.accessLogPolicy, "logs"))?.[0] === "Accepted" ? true : null));
  expect(world.lattice.describe(place).accessLogs).toHaveLength(1);
  await management().delete(networkResources.accessLogPolicy, shop("logs"));
  await gone("the subscription", networkResources.accessLogPolicy, "logs");
  expect(world.lattice.describe(place).accessLogs).toEqual([]);
});

it("associates its own VPC and says nothing about it", async () => {
  await apply(make.vpcAssociationPolicy("net-prod"));
  const ref = { namespace: "lattice", name: "net-prod" };
  const policy = await until("the association", async () => {
    const found = await management().get(networkResources.vpcAssociationPolicy, ref);
    return found.metadata.annotations?.[`${prefix}resourceArn`] ? found : null;
  });
  expect(policy.metadata.finalizers).toEqual([`vpcassociationpolicies.${prefix}resources`]);
  expect(world.lattice.describe(place).vpcAssociations[0]).toMatchObject({ vpcId: "vpc-0000000000000000f", status: "ACTIVE" });
  expect(await seenEvents(management(), "lattice", "net-prod")).toEqual([]);
  await management().delete(networkResources.vpcAssociationPolicy, ref);
  await until("the policy gone", async () => ((await management().find(networkResources.vpcAssociationPolicy, ref)) ? null : true));
  expect(world.lattice.describe(place).vpcAssociations).toEqual([]);
});

it("gives every look of a route a new transition time, and lets its Events dry up", async () => {
  const time = async () => (await annotated("orders")).status?.parents?.[0]?.conditions?.[0]?.lastTransitionTime ?? "";
  const first = await time();
  await until("a later time", async () => ((await time()) > first ? true : null));
  const counts = async () => (await seenEvents(management(), "shop", "orders")).map((one) => one.count).reduce((sum, one) => sum + one, 0);
  await until("the budget used up", async () => ((await counts()) >= 25 ? true : null));
  const before = await counts();
  const looks = world.calls("mgmt").length;
  await until("two more looks", () => (world.calls("mgmt").length > looks + 60 ? true : null));
  // The count of what was dropped shows only when one is written again.
  expect((await counts()) - before).toBeLessThanOrEqual(6);
});

it("makes a service that somebody deleted anew, with another domain name", async () => {
  const domainOf = async () => (await annotated("orders")).metadata.annotations?.[`${prefix}lattice-assigned-domain-name`];
  const domain = await domainOf();
  await world.destroyService("orders-shop");
  await until("another domain", async () => ((await domainOf()) === domain ? null : true));
  expect(service("orders-shop")?.domainName).toBe(await domainOf());
});

it("keeps the old group of an export whose protocol changed, and forgets its targets", async () => {
  const [old] = group("orders");
  await applyAll(world.clients.provider, [make.targetGroupPolicy("orders", { protocolVersion: "HTTP2" })]);
  await until("the second group", () => (group("orders").length === 2 ? true : null));
  await applyAll(world.clients.provider, [make.endpoints("orders", ["10.2.0.9"])]);
  const fresh = () => group("orders").find((one) => one.id !== old?.id);
  await until("targets of the new one", () => (fresh()?.targets.some((one) => one.id === "10.2.0.9") ? true : null));
  await sleep(2_000);
  const rule = service("orders-shop")?.listeners[0]?.rules.find((one) => !one.isDefault);
  expect(JSON.stringify(rule?.action)).toContain(old?.id ?? "no group");
  expect(
    group("orders")
      .find((one) => one.id === old?.id)
      ?.targets.map((one) => one.id),
  ).toEqual(["10.2.0.1"]);
});

it("plays GRPCRoutes", async () => {
  const rules = [
    { matches: [{ method: { type: "Exact", service: "shop.Orders", method: "List" } }], backendRefs: [make.importRef("grpc-a")] },
  ];
  await apply(make.route("grpc", rules, { kind: "GRPCRoute", section: "https" }));
  const rule = await until("the rule", () => service("grpc-shop")?.listeners[0]?.rules.find((one) => !one.isDefault) ?? null);
  expect(rule.match).toMatchObject({ httpMatch: { method: "POST", pathMatch: { match: { exact: "/shop.Orders/List" } } } });
  expect(group("grpc")[0]).toMatchObject({ protocolVersion: "GRPC" });
});

it("adopts a network for a ServiceNetwork object", async () => {
  await apply(make.serviceNetwork("net-prod"));
  const found = await until("Programmed", async () => {
    const object: KubeObject = await management().get(networkResources.serviceNetwork, { name: "net-prod" });
    const { conditions = [] } = Conditions.parse(object).status ?? {};
    return conditions.some((one) => one.reason === "Programmed") ? object : null;
  });
  expect(found).toMatchObject({ status: { serviceNetworkID: world.lattice.describe(place).networks[0]?.id } });
});

it("takes a route, its import and its export away in the right order", async () => {
  await management().delete(networkResources.grpcRoute, shop("grpc"));
  await gone("the route", networkResources.grpcRoute, "grpc");
  await management().delete(networkResources.serviceImport, shop("grpc-a"));
  await gone("the import", networkResources.serviceImport, "grpc-a");
  await world.clients.provider.delete(networkResources.serviceExport, shop("grpc"));
  await until("the export gone", async () =>
    (await world.clients.provider.find(networkResources.serviceExport, shop("grpc"))) ? null : true,
  );
  await until("nothing left", () => (service("grpc-shop") === undefined && group("grpc").length === 0 ? true : null));
});
