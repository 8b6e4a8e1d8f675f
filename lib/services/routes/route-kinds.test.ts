import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeTenantCluster } from "../../adapters/kubernetes/fake.ts";
import { createFakeLattice, type FakeLattice } from "../../adapters/lattice/fake.ts";
import { KubeObject, type ObjectRef } from "../../domain/requests/plan.ts";
import type { RequestView } from "../../domain/requests/request-view.ts";
import { LATTICE_TAGS } from "../../domain/routes/lattice-facts.ts";
import { latticeMatchOf } from "../../domain/routes/lattice-match.ts";
import type { CreateRouteInput, RouteSpec } from "../../domain/routes/route-input.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { buildClusterObjects } from "../../manifests/clusters/build-cluster-objects.ts";
import { clusterToBuild } from "../../manifests/clusters/testing.ts";
import { withProvenance } from "../../manifests/provenance.ts";
import { textAt } from "../../manifests/safe-read.ts";
import { approveRequest } from "../requests/approve-request.ts";
import { claimStep, deliverStep } from "../requests/deliver-step.ts";
import { getRequest } from "../requests/get-request.ts";
import { planRequest } from "../requests/plan-request.ts";
import { requestKind } from "../requests/request-kinds.ts";
import { submitRequest } from "../requests/submit-request.ts";
import { changeRouteKind } from "./change-route-kind.ts";
import { createRouteKind } from "./create-route-kind.ts";
import { deleteRouteKind } from "./delete-route-kind.ts";
import { getRouteSpec } from "./get-route-spec.ts";
import { createRouteWorld, payments, type RouteWorld, shop } from "./testing/route-world.ts";

const DESTINATION = "mgmt-local/team-payments/checkout";
const VPC = "vpc-0aa0000000000000a";
const MANAGED_BY = "333344445555/trellis-mgmt/vpc-0d1e2f30415263748";
const ORDERS = { namespace: "team-payments", name: "orders" };
const PURPOSE = "A route for the test of its kinds";
const API = "apiVersion";

let world: RouteWorld;
let lattice: FakeLattice;
let tenant: FakeTenantCluster;
let dev: Person;
let lead: Person;
let seller: Person;
let admin: Person;

beforeEach(async () => {
  lattice = createFakeLattice();
  world = await createRouteWorld({
    lattice,
    kinds: [requestKind(createRouteKind), requestKind(changeRouteKind), requestKind(deleteRouteKind)],
  });
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  lead = await world.person("lead", { teams: [[payments, "lead"]] });
  seller = await world.person("seller", { teams: [[shop, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
  plantCluster("team-payments", "checkout", VPC);
  plantCluster("team-shop", "storefront", "vpc-0bb0000000000000b");
  tenant = world.kube.addTenant(DESTINATION);
  for (const name of ["orders", "orders-next"]) runService(name);
  await world.settle();
});
afterEach(() => world.close());

function plantCluster(namespace: string, name: string, vpcId: string): void {
  const build = { ...clusterToBuild("eks-small", name), namespace, team: namespace.slice("team-".length) };
  for (const built of buildClusterObjects({ ...build, input: { ...build.input, account: "platform-prod" } })) {
    world.kube.applyAs("trellis", withProvenance(built, { requestId: "R-999", contentHash: "0".repeat(64) }));
    if (built.kind === "AWSManagedControlPlane") world.kube.patchAs("capa", refOf(built), { spec: { network: { vpc: { id: vpcId } } } });
  }
}

function refOf({ apiVersion, kind, metadata: { namespace = "", name } }: KubeObject): ObjectRef {
  return { [API]: apiVersion, kind, namespace, name };
}

function make(version: string, kind: string, place: string, more: object = {}, labels: object = {}): KubeObject {
  const [namespace = "", name = ""] = place.split("/");
  return KubeObject.parse({ [API]: version, kind, metadata: { namespace, name, labels }, ...more });
}

function runService(name: string, spec: object = {}): void {
  tenant.applyAs("app", KubeObject.parse({ [API]: "v1", kind: "Namespace", metadata: { name: "payments" } }));
  tenant.applyAs(
    "app",
    make("v1", "Service", `payments/${name}`, {
      spec: { clusterIP: "10.0.0.1", ipFamilies: ["IPv4"], ports: [{ port: 80, protocol: "TCP" }], ...spec },
    }),
  );
  const endpoints = [{ addresses: ["10.1.0.1"], conditions: { ready: true } }];
  tenant.applyAs(
    "app",
    make("discovery.k8s.io/v1", "EndpointSlice", `payments/${name}-1`, { endpoints }, { "kubernetes.io/service-name": name }),
  );
}

const backend = (kubeService: string, weight = 1) => ({
  cluster: "team-payments/checkout",
  namespace: "payments",
  kubeService,
  port: 80,
  weight,
});
const input = (change: Partial<CreateRouteInput> = {}): CreateRouteInput => ({
  name: "orders",
  network: "net-prod",
  protocol: "http",
  listener: "https",
  rules: [{ match: { headers: [] }, backends: [backend("orders")] }],
  healthCheck: {
    enabled: true,
    path: "/",
    intervalSeconds: 10,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    statusMatch: "200",
  },
  access: {
    type: "callers",
    callers: [{ team: shop, name: "cart", principal: { type: "cluster", cluster: "team-shop/storefront" }, methods: [], paths: [] }],
  },
  visibility: "organisation",
  ...change,
});

const ask = (kind: string, body: unknown, who = dev, team = payments): Promise<RequestView> =>
  submitRequest.execute({ kind, team, purpose: PURPOSE, input: body }, world.as(who));
const plan = (kind: string, body: unknown, who = dev, team = payments) => planRequest.execute({ kind, team, input: body }, world.as(who));
const read = (id: string, who = dev) => getRequest.execute({ id }, world.as(who));
const approve = (request: RequestView, who: Person) =>
  approveRequest.execute({ id: request.id, contentHash: request.contentHash }, world.as(who));

async function approveAll(request: RequestView): Promise<void> {
  await approve(request, lead);
  if (request.slots.length > 1) await approve(request, admin);
}

/** One step's try at a time, with the controllers at work between. */
async function deliver(request: RequestView): Promise<RequestView> {
  const ctx = world.as({ type: "system", name: "delivery" });
  for (let round = 0; round < 40; round += 1) {
    const claim = await claimStep(ctx, "test");
    if (claim !== null) await deliverStep(ctx, claim);
    await controllers();
    await world.settle();
    const now = await read(request.id, admin);
    if (now.state === "delivered" || now.state === "failed") return now;
    world.advance(2_500);
  }
  return read(request.id, admin);
}

/** What the gateway controllers would make of the objects: groups of exports; a service, its rules and policy of the route. */
async function controllers(): Promise<void> {
  const exports = await tenant.list({ [API]: "application-networking.k8s.aws/v1alpha1", kind: "ServiceExport" });
  for (const one of exports) {
    const id = `tg-${one.metadata.name}`;
    const tags = {
      [LATTICE_TAGS.clusterName]: "team-payments_checkout",
      [LATTICE_TAGS.serviceName]: one.metadata.name,
      [LATTICE_TAGS.serviceNamespace]: "payments",
      [LATTICE_TAGS.sourceType]: "ServiceExport",
    };
    lattice.setGroup(id, { vpcId: VPC, tags });
    lattice.setTargets(id, [{ id: "10.1.0.1", port: 8080, status: "UNUSED", reasonCode: null }]);
  }
  const route = await world.kube.on("mgmt-local").find({ [API]: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", ...ORDERS });
  if (route === null) return lattice.removeService("svc-orders");
  const policy = await world.kube.on("mgmt-local").find({
    [API]: "application-networking.k8s.aws/v1alpha1",
    kind: "IAMAuthPolicy",
    namespace: "team-payments",
    name: "orders-allow",
  });
  const text = textAt(policy, "spec", "policy");
  const { spec } = await getRouteSpec.execute(ORDERS, world.as(dev));
  lattice.setService("svc-orders", {
    name: "payments-orders",
    tags: { [LATTICE_TAGS.managedBy]: MANAGED_BY, [LATTICE_TAGS.routeName]: "orders", [LATTICE_TAGS.routeNamespace]: "team-payments" },
    authType: text === null ? "NONE" : "AWS_IAM",
    policy: text === null ? null : { policy: text, state: "Active" },
    listeners: spec === null ? [] : [listenerOf(spec)],
  });
  lattice.setAssociation({
    id: "snsa-1",
    arn: "a",
    status: "ACTIVE",
    serviceId: "svc-orders",
    serviceArn: "s",
    networkId: "sn-1",
    networkName: "net-prod",
    failureCode: null,
    failureMessage: null,
  });
}

function listenerOf({ rules }: RouteSpec) {
  return {
    id: "listener-1",
    port: 443,
    protocol: "HTTPS",
    rules: rules.map((rule, index) => {
      const { method, path, headers } = latticeMatchOf(rule.match);
      const forward = rule.backends.map(({ kubeService, weight }) => ({ targetGroupId: `tg-${kubeService}`, weight }));
      return {
        id: `rule-${index}`,
        priority: index + 1,
        isDefault: false,
        method,
        path,
        headers: headers.map(({ name, value }) => ({ name, type: "exact", value })),
        action: { forward, fixedStatus: null },
      };
    }),
  };
}

async function created(change: Partial<CreateRouteInput> = {}): Promise<RequestView> {
  const request = await ask("route.create", input(change));
  await approveAll(request);
  return deliver(request);
}

const stepsOf = ({ plan: steps }: Pick<RequestView, "plan">) => steps.map(({ op, ref }) => `${op} ${ref.kind}`);

describe("route.create", () => {
  it("writes exports first, waits for their groups, then imports, policy and route, and waits for Lattice to hold them", async () => {
    const done = await created();
    expect(stepsOf(done)).toEqual([
      "apply ServiceExport",
      "apply TargetGroupPolicy",
      "await ServiceExport",
      "apply ReferenceGrant",
      "apply ServiceImport",
      "apply IAMAuthPolicy",
      "apply HTTPRoute",
      "await HTTPRoute",
      "await IAMAuthPolicy",
    ]);
    expect([done.state, done.failure]).toEqual(["delivered", null]);
  });

  it("says what it waits for, and stops at the deadline with it", async () => {
    const request = await ask("route.create", input());
    await approveAll(request);
    const ctx = world.as({ type: "system", name: "delivery" });
    for (let round = 0; round < 3; round += 1) {
      const claim = await claimStep(ctx, "test");
      if (claim !== null) await deliverStep(ctx, claim);
    }
    const waiting = (await read(request.id)).steps[2];
    expect(waiting?.problem?.sentence.values["missing"]).toMatchObject({ messageKey: "routeRequests.missing.group" });
    world.advance(301_000);
    const claim = await claimStep(ctx, "test");
    if (claim !== null) await deliverStep(ctx, claim);
    expect(await read(request.id)).toMatchObject({
      state: "failed",
      failure: { sentence: { messageKey: "errors.requests.delivery.notProven" } },
    });
  });

  it("gives one kubeService to one of two people who publish it at the same moment", async () => {
    const both = await Promise.allSettled([ask("route.create", input()), ask("route.create", input({ name: "orders-two" }), lead)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const later = await plan("route.create", input({ name: "orders-three" }));
    expect(later.acceptable).toBe(false);
    expect(later.notes.preflight?.find(({ code, result }) => code === "export" && result === "blocked")?.evidence).toMatch(/^R-/);
    await expect(ask("route.create", input({ name: "orders-three" }))).rejects.toMatchObject({ key: "requests.preflightBlocked" });
  });

  it("never takes over a service that somebody else has under the name", async () => {
    lattice.setService("svc-foreign", { name: "payments-orders" });
    world.fleet.take("service", "svc-foreign", {
      id: "svc-foreign",
      arn: "a",
      name: "payments-orders",
      status: "ACTIVE",
      domainName: null,
      customDomainName: null,
      createdAt: null,
      lastUpdatedAt: null,
    });
    const asked = await plan("route.create", input({ serviceName: "payments-orders" }));
    expect(asked.notes.preflight?.find(({ code }) => code === "service-name")).toMatchObject({
      result: "blocked",
      evidence: "svc-foreign",
    });
    const allotted = await plan("route.create", input());
    expect(allotted.plan.find(({ ref }) => ref.kind === "HTTPRoute")?.yaml).not.toContain("service-name-override: payments-orders\n");
  });

  it("is stopped at approval when its provider cluster vanished meanwhile", async () => {
    const request = await ask("route.create", input());
    tenant.down();
    await expect(approve(request, lead)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    tenant.up();
    await expect(approve(request, lead)).resolves.toMatchObject({ state: "waiting" });
  });

  it("does not write into a namespace of the management cluster that nobody handed over", async () => {
    world.kube.patchAs(
      "trellis",
      { [API]: "v1", kind: "Namespace", name: "payments" },
      {
        metadata: { labels: { "app.kubernetes.io/managed-by": "somebody" } },
      },
    );
    const { notes } = await plan("route.create", input());
    expect(notes.preflight?.find(({ code }) => code === "namespace")).toMatchObject({ result: "blocked", actor: "platform" });
  });

  it.each([
    ["a dual-stack kubeService", { ipFamilies: ["IPv4", "IPv6"] }],
    ["a headless kubeService", { clusterIP: "None" }],
    ["a port that is not there", { ports: [{ port: 81, protocol: "TCP" }] }],
  ])("blocks %s before anything is written", async (_what, spec) => {
    runService("orders", spec);
    const { acceptable, notes } = await plan("route.create", input());
    expect([acceptable, notes.preflight?.find(({ code }) => code === "kube-service")?.result]).toEqual([false, "blocked"]);
  });

  it("refuses what Lattice cannot do with the field it came from", async () => {
    const refused = async (change: Partial<CreateRouteInput>) =>
      plan("route.create", input(change)).then(
        () => [],
        (error: unknown) => (error as { fields: readonly { path: string }[] }).fields.map(({ path }) => path),
      );
    expect(await refused({ access: { type: "policy", policy: "{ not json" } })).toContain("input.access.policy");
    expect(await refused({ network: "net-elsewhere" })).toEqual(["input.network"]);
    expect(
      await refused({ rules: [{ match: { headers: [] }, backends: [{ ...backend("orders"), cluster: "team-shop/storefront" }] }] }),
    ).toContain("input.rules.0.backends.0.cluster");
    expect(
      await refused({ rules: [{ match: { headers: [] }, backends: [{ ...backend("orders"), namespace: "kube-system" }] }] }),
    ).toContain("input.rules.0.backends.0.namespace");
  });
});

describe("route.change", () => {
  const current = async (): Promise<RouteSpec> => {
    const { spec } = await getRouteSpec.execute(ORDERS, world.as(dev));
    if (spec === null) throw new Error("no spec");
    return spec;
  };

  it("moves weights to a second kubeService and back, and takes away what the route no longer contains", async () => {
    await created();
    const spec = await current();
    const shift = await ask("route.change", {
      ...ORDERS,
      spec: { ...spec, rules: [{ match: { headers: [] }, backends: [backend("orders", 90), backend("orders-next", 10)] }] },
    });
    await approveAll(shift);
    expect(await deliver(shift)).toMatchObject({ state: "delivered" });
    expect(stepsOf(shift)).toEqual([
      "apply ServiceExport",
      "apply TargetGroupPolicy",
      "await ServiceExport",
      "await ServiceExport",
      "apply ReferenceGrant",
      "apply ServiceImport",
      "apply HTTPRoute",
      "await HTTPRoute",
    ]);
    const back = await ask("route.change", { ...ORDERS, spec });
    await approveAll(back);
    expect(await deliver(back)).toMatchObject({ state: "delivered" });
    expect(stepsOf(back)).toEqual([
      "apply HTTPRoute",
      "await HTTPRoute",
      "delete ServiceImport",
      "delete ReferenceGrant",
      "await ServiceImport",
      "await ReferenceGrant",
      "delete TargetGroupPolicy",
      "delete ServiceExport",
      "await TargetGroupPolicy",
      "await ServiceExport",
    ]);
  });

  it("refuses a change of nothing, and of what is fixed for life", async () => {
    await created();
    const spec = await current();
    await expect(plan("route.change", { ...ORDERS, spec })).rejects.toMatchObject({ key: "routeRequests.nothingToChange" });
    await expect(plan("route.change", { ...ORDERS, spec: { ...spec, hostname: "orders.example.com" } })).rejects.toMatchObject({
      fields: [{ path: "input.hostname" }],
    });
  });

  it("adds a caller that another team asked for, decided by the owner's lead first", async () => {
    await created();
    const addCaller = {
      team: shop,
      name: "catalog",
      principal: { type: "cluster", cluster: "team-shop/storefront" },
      methods: ["GET"],
      paths: ["/v1/*"],
    };
    const asked = await ask("route.change", { ...ORDERS, addCaller }, seller, shop);
    expect(asked).toMatchObject({ team: "payments", askingTeam: "shop", limited: true, plan: [] });
    await expect(approve(asked, admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await approveAll(asked);
    expect(await deliver(asked)).toMatchObject({ state: "delivered" });
    expect((await current()).access).toMatchObject({ callers: [{ name: "cart" }, { name: "catalog", methods: ["GET"] }] });
    await expect(ask("route.change", { ...ORDERS, addCaller }, seller, shop)).rejects.toMatchObject({ key: "routeRequests.callerTwice" });
  });

  it("reads like a route that is not there to a team that may not see it", async () => {
    await created({ visibility: "team" });
    const addCaller = {
      team: shop,
      name: "catalog",
      principal: { type: "cluster", cluster: "team-shop/storefront" },
      methods: [],
      paths: [],
    };
    const missing = ask("route.change", { namespace: "team-payments", name: "nowhere", addCaller }, seller, shop);
    await expect(missing).rejects.toMatchObject({ code: "NOT_FOUND", key: "notFound" });
    await expect(ask("route.change", { ...ORDERS, addCaller }, seller, shop)).rejects.toMatchObject({ code: "NOT_FOUND", key: "notFound" });
  });
});

describe("route.delete", () => {
  it("takes the route first, then what pointed at it, the exports last, and frees every name", async () => {
    await created();
    const request = await ask("route.delete", ORDERS);
    await approveAll(request);
    expect(stepsOf(request)).toEqual([
      "delete HTTPRoute",
      "await HTTPRoute",
      "await HTTPRoute",
      "delete IAMAuthPolicy",
      "await IAMAuthPolicy",
      "delete ServiceImport",
      "delete ReferenceGrant",
      "await ServiceImport",
      "await ReferenceGrant",
      "delete TargetGroupPolicy",
      "delete ServiceExport",
      "await TargetGroupPolicy",
      "await ServiceExport",
    ]);
    expect(await deliver(request)).toMatchObject({ state: "delivered" });
    expect(await world.db.read.requests.listHolding()).toEqual([]);
    await expect(ask("route.create", input())).resolves.toMatchObject({ state: "waiting" });
  });

  it("reads like a route that is not there to another team", async () => {
    await created();
    await expect(plan("route.delete", ORDERS, seller, shop)).rejects.toMatchObject({ code: "NOT_FOUND", key: "notFound" });
  });
});
