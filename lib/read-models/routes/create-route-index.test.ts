import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeKubernetes, type FakeKubernetes } from "../../adapters/kubernetes/fake.ts";
import { createFakeLog, createFakeMetrics } from "../../adapters/telemetry/fake.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import { routeToBuild } from "../../manifests/routes/route-examples.ts";
import { createClusterIndex } from "../clusters/create-cluster-index.ts";
import { createFactStore } from "./create-fact-store.ts";
import { createRouteIndex } from "./create-route-index.ts";
import type { RouteIndexEvent } from "./route-index.ts";
import { createRouteFleet, NETWORKING } from "./testing.ts";

let now: Date;
let kube: FakeKubernetes;
let stop: () => void;
let world: ReturnType<typeof createWorld>;
let log: ReturnType<typeof createFakeLog>;

const KEY = "mgmt-local/team-payments/orders";
const ROUTE = { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", namespace: "team-payments", name: "orders" };
const ORDERS = routeToBuild("one-backend");

function createWorld() {
  const clock = { now: () => now };
  log = createFakeLog();
  kube = createFakeKubernetes({ clock });
  const facts = createFactStore({ clock, log, metrics: createFakeMetrics() });
  const clusters = createClusterIndex({ kube, clock, log });
  let networking = NETWORKING;
  const index = createRouteIndex({ kube, facts, clusters, networking: () => networking, clock, log });
  const fleet = createRouteFleet({ kube, facts, clock });
  const events: RouteIndexEvent[] = [];
  index.subscribe((event) => events.push(event));
  for (const name of ["team-payments", "team-shop"])
    kube.applyAs("setup", KubeObject.parse({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  fleet.platform();
  stop = () => {
    index.close();
    clusters.close();
  };
  return { index, fleet, facts, events, setNetworking: (next: typeof NETWORKING) => (networking = next) };
}

beforeEach(() => {
  now = new Date("2026-11-22T09:00:00.000Z");
  world = createWorld();
  return settle();
});
afterEach(() => stop());

const stateOf = (key = KEY) => world.index.row(key, now)?.state;
/** The fake's watches speak a moment after the write, as real ones do. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Longer than a few rows wait for their turn after news about a whole account. */
const lookedAtAgain = () => new Promise((resolve) => setTimeout(resolve, 150));
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

/** The same API server as a process sees it that has just started: every object for the first time. */
function restarted(): FakeKubernetes {
  const managementCluster: FakeKubernetes["managementCluster"] = (id) => {
    const cluster = kube.managementCluster(id);
    const watch: typeof cluster.watch = (kind) => {
      const cache = cluster.watch(kind);
      return {
        ...cache,
        get: (key) => [cache.get(key)].flatMap((seen) => (seen === undefined ? [] : [{ ...seen, observedAt: now }]))[0],
        values: () => [...cache.values()].map((seen) => ({ ...seen, observedAt: now })).values(),
      };
    };
    return { ...cluster, watch };
  };
  return { ...kube, managementCluster };
}

describe("a route on its way", () => {
  it("is joined from objects, Lattice and its provider cluster", async () => {
    world.fleet.plant(ORDERS);
    await settle();
    expect(stateOf()).toBe("provisioning");
    world.fleet.hold(ORDERS);
    expect(stateOf()).toBe("ok");
    expect(world.index.find("team-payments", "orders")).toMatchObject({
      managementCluster: "mgmt-local",
      serviceName: "payments-orders",
      generation: 1,
      generationSeenAt: now,
      gateway: { name: "net-prod" },
      imports: [{ exportName: "orders", clusterName: "team-payments_checkout" }],
      grantedNamespaces: ["payments"],
      providers: [{ cluster: "mgmt-local/team-payments/checkout", exports: [{ name: "orders" }] }],
      lattice: { service: { value: { name: "payments-orders" } }, groups: [{ importName: "payments-checkout-orders" }] },
    });
    expect(world.index.usersOfExport("mgmt-local/team-payments/checkout", "payments", "orders").map(({ name }) => name)).toEqual([
      "orders",
    ]);
    expect(world.index.usersOfExport("mgmt-local/team-payments/checkout", "payments", "ledger")).toEqual([]);
  });

  it("is missing when the deadline passes without a service, announced once though nothing happened", async () => {
    world.fleet.plant(ORDERS);
    await settle();
    expect(stateOf()).toBe("provisioning");
    later(181_000);
    kube.applyAs("setup", KubeObject.parse({ apiVersion: "v1", kind: "Namespace", metadata: { name: "other" } }));
    await settle();
    world.fleet.lists();
    expect(stateOf()).toBe("missing");
  });

  it("gives a generation that was there before a restart no second deadline", async () => {
    world.fleet.plant(ORDERS);
    await settle();
    later(60_000);
    kube.patchAs("x", ROUTE, { spec: { hostnames: ["orders.example.com"] } });
    const changedAt = now;
    await settle();
    later(30_000);
    kube.patchAs("gateway-controller", ROUTE, { metadata: { labels: { touched: "yes" } } });
    await settle();
    later(600_000);
    const clock = { now: () => now };
    const clusters = createClusterIndex({ kube, clock, log });
    const facts = createFactStore({ clock, log, metrics: createFakeMetrics() });
    const index = createRouteIndex({ kube: restarted(), facts, clusters, networking: () => NETWORKING, clock, log });
    expect(index.get(KEY)).toMatchObject({ generation: 2, generationSeenAt: changedAt });
    index.close();
    clusters.close();
  });

  it("counts a changed generation from when it was seen, not from the object's creation", async () => {
    world.fleet.plant(ORDERS);
    await settle();
    world.fleet.hold(ORDERS);
    later(3_600_000);
    kube.patchAs("trellis", ROUTE, { spec: { hostnames: ["orders.example.com"] } });
    await settle();
    expect(world.index.get(KEY)).toMatchObject({ generation: 2, generationSeenAt: now });
    later(5_000);
    kube.patchAs("gateway-controller", ROUTE, { metadata: { annotations: { touched: "yes" } } });
    await settle();
    expect(world.index.get(KEY)?.generationSeenAt).toEqual(new Date(now.getTime() - 5_000));
  });
});

describe("an event touches only its route", () => {
  beforeEach(async () => {
    world.fleet.plant(ORDERS);
    await settle();
    world.fleet.hold(ORDERS);
    const ledger = routeToBuild("one-backend", { name: "ledger", serviceName: "payments-ledger" });
    world.fleet.plant({
      ...ledger,
      spec: {
        ...ledger.spec,
        rules: ledger.spec.rules.map((rule) => ({
          ...rule,
          backends: rule.backends.map((backend) => ({ ...backend, kubeService: "ledger" })),
        })),
      },
    });
    await settle();
    await settle();
    for (const key of world.index.keys()) world.index.row(key, now);
    world.events.length = 0;
  });

  const touched = () => [...new Set(world.events.map((event) => (event.type === "resync" ? "resync" : event.key)))];

  it.each<[string, () => void]>([
    ["its own object", () => kube.patchAs("x", ROUTE, { metadata: { labels: { a: "b" } } })],
    [
      "its import",
      () =>
        kube.patchAs(
          "x",
          {
            apiVersion: "application-networking.k8s.aws/v1alpha1",
            kind: "ServiceImport",
            namespace: "payments",
            name: "payments-checkout-orders",
          },
          { metadata: { labels: { a: "b" } } },
        ),
    ],
    [
      "an Event about it",
      () =>
        kube.applyAs(
          "controller",
          KubeObject.parse({
            apiVersion: "v1",
            kind: "Event",
            metadata: { name: "orders.1", namespace: "team-payments" },
            involvedObject: { kind: "HTTPRoute", namespace: "team-payments", name: "orders" },
            type: "Warning",
            reason: "FailedDeployModel",
            message: "boom",
            firstTimestamp: now.toISOString(),
            lastTimestamp: now.toISOString(),
          }),
        ),
    ],
    [
      "its targets",
      () =>
        world.fleet.take("targets", world.fleet.hold(ORDERS).groupIds[0] ?? "", {
          items: [{ id: "10.0.1.10", port: 8080, status: "UNHEALTHY", reasonCode: "HealthCheckFailed" }],
        }),
    ],
  ])("%s", async (_name, happen) => {
    happen();
    await settle();
    await settle();
    expect(touched()).toEqual([KEY]);
  });

  it("and the row follows at once", async () => {
    const { groupIds } = world.fleet.hold(ORDERS);
    later(1_000);
    world.fleet.take("targets", groupIds[0] ?? "", {
      items: [{ id: "10.0.1.10", port: 8080, status: "UNHEALTHY", reasonCode: "HealthCheckFailed" }],
    });
    expect(stateOf()).toBe("down");
    expect(world.index.get(KEY)?.events).toEqual([]);
  });

  it("fresher facts that say nothing new move the age and announce nothing", async () => {
    const { groupIds } = world.fleet.hold(ORDERS);
    world.index.row(KEY, now);
    world.events.length = 0;
    later(10_000);
    world.fleet.lists();
    world.fleet.take("targets", groupIds[0] ?? "", { items: [{ id: "10.0.1.10", port: 8080, status: "HEALTHY", reasonCode: null }] });
    await lookedAtAgain();
    expect(touched()).toEqual([]);
    expect(world.index.row(KEY, now)?.evidenceAt).toBe(now.toISOString());
  });

  it("says a route that goes", async () => {
    kube.removeNow(ROUTE);
    await settle();
    expect(world.events).toContainEqual({ type: "remove", key: KEY });
    expect(world.index.get(KEY)).toBeUndefined();
    expect([...world.index.keys()]).toEqual(["mgmt-local/team-payments/ledger"]);
  });

  it("a policy finds its route by its target, and leaves it when it names another", async () => {
    const policy = (target: string) =>
      KubeObject.parse({
        apiVersion: "application-networking.k8s.aws/v1alpha1",
        kind: "IAMAuthPolicy",
        metadata: { name: "p", namespace: "team-payments" },
        spec: { policy: "{}", targetRef: { group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: target } },
      });
    kube.applyAs("x", policy("orders"));
    await settle();
    expect(world.index.get(KEY)?.policy?.policy).toBe("{}");
    kube.applyAs("x", policy("ledger"));
    await settle();
    expect(world.index.get(KEY)?.policy).toBeNull();
    expect(touched()).toEqual([KEY, "mgmt-local/team-payments/ledger"]);
  });

  it("the Gateway touches all of its routes", async () => {
    kube.patchAs(
      "controller",
      { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", namespace: "lattice", name: "net-prod" },
      { status: { conditions: [] } },
    );
    await settle();
    expect(touched()).toHaveLength(2);
    expect(world.index.get(KEY)?.gateway?.conditions).toEqual([]);
  });

  it("a Gateway whose controller only moved its times touches none of them, a new word again all", async () => {
    const gateway = { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", namespace: "lattice", name: "net-prod" };
    const say = async (message: string, lastTransitionTime: string) => {
      world.events.length = 0;
      const condition = { type: "Programmed", status: "True", reason: "Programmed", message, lastTransitionTime };
      kube.patchAs("controller", gateway, { status: { conditions: [condition] } });
      await settle();
      return touched().length;
    };
    expect(await say("a", "2026-11-01T00:00:00Z")).toBe(2);
    expect(await say("a", "2026-11-01T00:00:09Z")).toBe(0);
    expect(await say("b", "2026-11-01T00:00:09Z")).toBe(2);
    expect(world.index.get(KEY)?.gateway?.conditions).toMatchObject([{ message: "b" }]);
  });
});

it("leaves out routes of another controller's Gateway", async () => {
  kube.applyAs(
    "x",
    KubeObject.parse({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "nginx" },
      spec: { controllerName: "example.com/nginx" },
    }),
  );
  await settle();
  kube.applyAs(
    "x",
    KubeObject.parse({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name: "edge", namespace: "lattice" },
      spec: { gatewayClassName: "nginx", listeners: [] },
    }),
  );
  await settle();
  kube.applyAs(
    "x",
    KubeObject.parse({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "web", namespace: "team-shop" },
      spec: { parentRefs: [{ name: "edge", namespace: "lattice" }], rules: [] },
    }),
  );
  await settle();
  expect([...world.index.keys()]).toEqual([]);
  expect(world.index.find("team-shop", "web")).toBeUndefined();
});

it("puts every light out when the watches fall silent, and says so", async () => {
  world.fleet.plant(ORDERS);
  await settle();
  world.fleet.hold(ORDERS);
  expect(stateOf()).toBe("ok");
  kube.dropWatches();
  await settle();
  later(120_000);
  world.fleet.hold(ORDERS);
  expect(stateOf()).toBe("unknown");
  kube.restoreWatches();
  await settle();
  expect(stateOf()).toBe("ok");
});

it("puts the light out when Lattice was not read for three periods", async () => {
  world.fleet.plant(ORDERS);
  await settle();
  world.fleet.hold(ORDERS);
  expect(stateOf()).toBe("ok");
  later(185_000);
  kube.dropWatches();
  await settle();
  kube.restoreWatches();
  await settle();
  expect(world.index.row(KEY, now)).toMatchObject({ state: "unknown" });
  world.events.length = 0;
  world.fleet.lists();
  // Until its turn has come a row stands as it was, and its change is told then.
  expect(stateOf()).toBe("unknown");
  expect(world.events).toEqual([]);
  await lookedAtAgain();
  expect(world.events).toEqual([{ type: "upsert", key: KEY }]);
  expect(stateOf()).toBe("ok");
});

it("knows the callers' VPCs from the platform's configuration, and follows its change", async () => {
  world.fleet.plant(routeToBuild("allow-list"));
  await settle();
  expect(world.index.get(KEY)?.consumers.map(({ name, vpcId, roleArn }) => [name, vpcId, roleArn !== null])).toEqual([
    ["cart", "vpc-0bb0000000000000b", true],
    ["storefront", null, false],
  ]);
  world.setNetworking({ ...NETWORKING, serviceNetworks: [] });
  expect(world.index.get(KEY)?.consumers[0]?.vpcId).toBeNull();
});

it("a hostile object costs its own row", async () => {
  world.fleet.plant(ORDERS);
  await settle();
  kube.applyAs(
    "x",
    KubeObject.parse({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "odd", namespace: "team-shop" },
      spec: { parentRefs: "no", rules: [[]], hostnames: { a: 1 } },
      status: { parents: 7 },
    }),
  );
  await settle();
  const rows = [...world.index.keys()].map((key) => world.index.row(key, now)?.name);
  expect(rows.sort()).toEqual(["odd", "orders"]);
});

it("keeps up with 5,000 routes: no reader of all rows waits for what a whole list of Lattice has to look at again", async () => {
  for (let n = 0; n < 5_000; n += 1) {
    kube.applyAs(
      "x",
      KubeObject.parse({
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { name: `r${n}`, namespace: "team-shop" },
        spec: {
          parentRefs: [{ name: "net-prod", namespace: "lattice", sectionName: "https" }],
          rules: [
            { backendRefs: [{ group: "application-networking.k8s.aws", kind: "ServiceImport", namespace: "payments", name: `i${n}` }] },
          ],
        },
      }),
    );
  }
  await settle();
  const keys = [...world.index.keys()];
  /** Milliseconds of processor time, which other tests beside this one do not lengthen. */
  const read = () => {
    const from = process.cpuUsage().user / 1000;
    for (const key of keys) world.index.row(key, now);
    return process.cpuUsage().user / 1000 - from;
  };
  expect(read()).toBeLessThan(4_000);
  expect(keys).toHaveLength(5_000);
  expect(read()).toBeLessThan(500);
  later(1_000);
  world.fleet.lists();
  expect(read()).toBeLessThan(500);
}, 60_000);
