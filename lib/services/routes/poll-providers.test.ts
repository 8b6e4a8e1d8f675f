import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeTenantCluster } from "../../adapters/kubernetes/fake.ts";
import { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import { contentHash } from "../../domain/requests/content-hash.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import { activeTargetKey } from "../../domain/requests/request.ts";
import { CORE } from "../../manifests/api-groups.ts";
import { routeToBuild } from "../../manifests/routes/route-examples.ts";
import { startProviderPoller } from "../../workers/provider-poller.ts";
import { createProviderPoll, type ProviderPoll } from "./poll-providers.ts";
import { CREATE_ROUTE } from "./route-target.ts";
import { createRouteWorld, type RouteWorld } from "./testing/route-world.ts";

const CHECKOUT = "mgmt-local/team-payments/checkout";
const ROUTE = routeToBuild("one-backend");
const [BACKEND] = ROUTE.spec.rules.flatMap(({ backends }) => backends);
const NAME = { namespace: BACKEND?.namespace ?? "", name: BACKEND?.kubeService ?? "" };
let world: RouteWorld;
let tenant: FakeTenantCluster;
let poll: ProviderPoll;

const object = (version: string, kind: string, metadata: object, more: object = {}) =>
  KubeObject.parse({ apiVersion: version, kind, metadata, ...more });
const LATTICE = "application-networking.k8s.aws/v1alpha1";
const exported = (name = NAME.name, annotations: Readonly<Record<string, string>> = {}) =>
  object(
    LATTICE,
    "ServiceExport",
    { namespace: NAME.namespace, name, annotations: { "application-networking.k8s.aws/federation": "amazon-vpc-lattice", ...annotations } },
    { spec: { exportedPorts: [{ port: 80, routeType: "HTTP" }] } },
  );
const slice = (...addresses: readonly string[]) =>
  object(
    "discovery.k8s.io/v1",
    "EndpointSlice",
    { namespace: NAME.namespace, name: `${NAME.name}-1`, labels: { "kubernetes.io/service-name": NAME.name } },
    { addressType: "IPv4", endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })) },
  );
const event = (name: string, about: { readonly kind: string; readonly name: string }, message: string, count = 1) =>
  object(
    "v1",
    "Event",
    { namespace: NAME.namespace, name },
    {
      involvedObject: { kind: about.kind, namespace: NAME.namespace, name: about.name },
      type: "Warning",
      reason: "FailedDeployModel",
      message,
      count,
      firstTimestamp: "2026-11-22T08:00:00Z",
      lastTimestamp: "2026-11-22T08:30:00Z",
    },
  );

function addTenant(destination: string): FakeTenantCluster {
  const [, namespace = "", name = ""] = destination.split("/");
  world.kube.applyAs("setup", object(CORE, "Cluster", { namespace, name }, { spec: {} }));
  const added = world.kube.addTenant(destination);
  added.applyAs("setup", object("v1", "Namespace", { name: NAME.namespace }));
  added.applyAs("setup", object("v1", "Service", NAME, { spec: { ipFamilies: ["IPv4"], clusterIP: "10.0.0.1", ports: [{ port: 80 }] } }));
  return added;
}

const stored = async (source: string) =>
  (await world.db.read.observations.since(0n, 1_000))
    .filter((row) => row.source === source)
    .map(({ key, data, at }) => ({ key, data, at }));
const look = async () => {
  await world.settle();
  await poll.look();
  await poll.settled();
};
const system = () => world.as({ type: "system", name: "providers" });
const exportKey = `${NAME.namespace}/${NAME.name}`;

beforeEach(async () => {
  world = await createRouteWorld();
  tenant = addTenant(CHECKOUT);
  poll = createProviderPoll(system());
  tenant.applyAs("trellis", exported());
  tenant.applyAs("slices", slice("10.1.0.4", "10.1.0.5"));
});
afterEach(() => world.close());

describe("looking at provider clusters", () => {
  it("reads the exports that routes import, for this process and for the others", async () => {
    world.fleet.plant(ROUTE);
    await look();
    expect(world.facts.provider(CHECKOUT)).toMatchObject({
      error: null,
      freshAt: world.now(),
      exports: [{ ...NAME, federated: true, port: 80, podAddresses: ["10.1.0.4", "10.1.0.5"], kubeService: { readyPods: 2 } }],
    });
    const rows = await stored(`provider/${CHECKOUT}`);
    expect(rows.map(({ key }) => key).sort()).toEqual([exportKey, "look"].sort());
  });

  it("asks nothing of clusters that no route is fed from, and of no cluster that only a text names", async () => {
    await look();
    expect(tenant.calls).toEqual([]);
    const stranger = { destination: "mgmt-local/team-payments/ghost", eksName: "team-payments_ghost", vpcId: "vpc-1" };
    world.fleet.plant({ ...ROUTE, providers: { [BACKEND?.cluster ?? ""]: stranger } });
    world.advance(20_000);
    await look();
    expect(world.facts.provider(stranger.destination)).toBeUndefined();
  });

  it("says again only what changed, and now and then that it looked", async () => {
    world.fleet.plant(ROUTE);
    await look();
    const first = await stored(`provider/${CHECKOUT}`);
    world.advance(16_000);
    await look();
    const second = await stored(`provider/${CHECKOUT}`);
    const of = (rows: typeof first, key: string) => rows.find((row) => row.key === key)?.at.getTime();
    expect(of(second, exportKey)).toBe(of(first, exportKey));
    expect(of(second, "look")).toBe(world.now().getTime());
    tenant.applyAs("slices", slice("10.1.0.9"));
    world.advance(16_000);
    await look();
    expect((await stored(`provider/${CHECKOUT}`)).find(({ key }) => key === exportKey)).toMatchObject({
      at: world.now(),
      data: { podAddresses: ["10.1.0.9"] },
    });
  });

  it("notices that an export is gone", async () => {
    world.fleet.plant(ROUTE);
    await look();
    tenant.removeNow({ apiVersion: LATTICE, kind: "ServiceExport", ...NAME });
    world.advance(16_000);
    await look();
    expect(world.facts.provider(CHECKOUT)?.exports).toEqual([]);
    expect((await stored(`provider/${CHECKOUT}`)).find(({ key }) => key === exportKey)?.data).toBeNull();
  });

  it("keeps what a dead cluster said, with its age and the reason, and goes on with the others", async () => {
    const other = "mgmt-local/team-payments/second";
    addTenant(other).applyAs("trellis", exported());
    world.fleet.plant(ROUTE);
    const elsewhere = { destination: other, eksName: "team-payments_second", vpcId: "vpc-2" };
    world.fleet.plant({
      ...ROUTE,
      name: "elsewhere",
      serviceName: "payments-elsewhere",
      importNames: { [`${BACKEND?.cluster ?? ""}/${exportKey}`]: "payments-second-orders" },
      providers: { [BACKEND?.cluster ?? ""]: elsewhere },
    });
    await look();
    const before = world.now();
    tenant.down();
    world.advance(16_000);
    await look();
    expect(world.facts.provider(CHECKOUT)).toMatchObject({
      error: "kubernetes.tenantUnreachable",
      freshAt: before,
      exports: [{ name: NAME.name }],
    });
    expect(world.facts.provider(other)).toMatchObject({ error: null, freshAt: world.now() });
    tenant.up();
    world.advance(16_000);
    await look();
    expect(world.facts.provider(CHECKOUT)).toMatchObject({ error: null, freshAt: world.now() });
  });

  it("takes a cluster without the controller's kinds for one without exports", async () => {
    world.fleet.plant(ROUTE);
    tenant.refuseNext({ verb: "list", kind: "ServiceExport" }, new PortalError("PRECONDITION", "kubernetes.kindMissing"), 1);
    await look();
    expect(world.facts.provider(CHECKOUT)).toMatchObject({ error: null, exports: [] });
  });

  it("stores text that PostgreSQL's JSON does not take", async () => {
    world.fleet.plant(ROUTE);
    tenant.applyAs("trellis", exported(NAME.name, { "trellis.internal/request": "R-\0" + "1" }));
    await look();
    expect((await stored(`provider/${CHECKOUT}`)).find(({ key }) => key === exportKey)).toMatchObject({ data: { request: "R-1" } });
  });
});

describe("looking where a delivery is on its way", () => {
  const planOf = async () => {
    const target = { managementCluster: "mgmt-local", namespace: "team-payments", name: "new" };
    const step = {
      n: 1,
      destination: CHECKOUT,
      proof: { type: "applied" },
      onFail: "stop",
      op: "apply",
      object: exported(),
      base: "absent",
    };
    const planBytes = canonicalJson(
      JsonObject.parse({ v: 1, kind: CREATE_ROUTE, target, destinations: [], steps: [step], blueprintVersion: null }),
    );
    return { planBytes, contentHash: await contentHash(planBytes) };
  };

  it("asks at every turn while it lasts, and less often afterwards", async () => {
    const request = await world.remember({ kind: CREATE_ROUTE, name: "new", ...(await planOf()) });
    await look();
    expect(tenant.calls).toEqual([]);
    const move = (state: "approved" | "delivering" | "delivered") =>
      world.db.transaction((tx) => {
        const key = state === "delivered" ? null : activeTargetKey(CREATE_ROUTE, request.target);
        return tx.requests.update(request.id, { state, activeTargetKey: key }, world.now());
      });
    await move("approved");
    const turns = async () => {
      const before = tenant.calls.length;
      await look();
      world.advance(2_000);
      return tenant.calls.length - before > 0;
    };
    expect([await turns(), await turns(), await turns()]).toEqual([true, true, true]);
    expect(world.facts.provider(CHECKOUT)?.exports).toMatchObject([NAME]);
    await move("delivering");
    await move("delivered");
    world.advance(14_000);
    expect([await turns(), await turns()]).toEqual([true, false]);
    world.advance(6 * 60_000);
    expect(await turns()).toBe(false);
  });
});

describe("keeping Events", () => {
  it("of exports in provider clusters, with their last count", async () => {
    world.fleet.plant(ROUTE);
    const about = { kind: "ServiceExport", name: NAME.name };
    tenant.applyAs("controller", event("one", about, "failed to register targets"));
    tenant.applyAs("controller", event("pod", { kind: "Pod", name: "x" }, "pulled"));
    await look();
    tenant.applyAs("controller", event("one", about, "(combined from similar events): failed again", 12));
    world.advance(16_000);
    await look();
    tenant.removeNow({ apiVersion: "v1", kind: "Event", namespace: NAME.namespace, name: "one" });
    world.advance(16_000);
    await look();
    expect(world.facts.events(CHECKOUT, { kind: "ServiceExport", ...NAME })).toMatchObject([
      { cluster: CHECKOUT, type: "Warning", message: "failed again", count: 12, combined: true, firstAt: new Date("2026-11-22T08:00:00Z") },
    ]);
    expect(await stored(`events/${CHECKOUT}`)).toHaveLength(1);
  });

  it("of the management cluster, after Kubernetes forgot them", async () => {
    world.kube.applyAs("controller", event("route", { kind: "HTTPRoute", name: "orders" }, "export missing"));
    await world.settle();
    await poll.collectEvents();
    world.kube.removeNow({ apiVersion: "v1", kind: "Event", namespace: NAME.namespace, name: "route" });
    await world.settle();
    await poll.collectEvents();
    expect(world.facts.events("mgmt-local", { kind: "HTTPRoute", namespace: NAME.namespace, name: "orders" })).toMatchObject([
      { message: "export missing", reason: "FailedDeployModel" },
    ]);
    expect(await stored("events/mgmt-local")).toHaveLength(1);
  });
});

describe("the provider poller", () => {
  it("works in one replica, and in another when that one stops", async () => {
    world.fleet.plant(ROUTE);
    await world.settle();
    const asked: string[] = [];
    const replica = (name: string) => {
      const ctx = system();
      const cluster: typeof ctx.kube.cluster = (destination) => {
        asked.push(name);
        return ctx.kube.cluster(destination);
      };
      return startProviderPoller({ ...ctx, randomId: () => name, kube: { ...ctx.kube, cluster } });
    };
    const first = replica("first");
    await expect.poll(() => asked.length, { timeout: 10_000 }).toBeGreaterThan(0);
    const second = replica("second");
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(new Set(asked)).toEqual(new Set(["first"]));
    await first.stop();
    await expect.poll(() => asked.includes("second"), { timeout: 10_000 }).toBe(true);
    await second.stop();
  });
});
