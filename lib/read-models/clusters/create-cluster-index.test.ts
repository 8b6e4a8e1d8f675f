import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFakeKubernetes } from "../../adapters/kubernetes/fake.ts";
import type {
  KubernetesPort,
  ManagementClusterPort,
  WatchCache,
  WatchEvent,
  Watched,
  WatchedKind,
} from "../../adapters/kubernetes/port.ts";
import { createFakeLog } from "../../adapters/telemetry/fake.ts";
import type { ClusterRowView } from "../../domain/clusters/cluster-view.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import { buildClusterObjects } from "../../manifests/clusters/build-cluster-objects.ts";
import { clusterToBuild } from "../../manifests/clusters/testing.ts";
import type { ClusterIndexEvent } from "./cluster-index.ts";
import { createClusterIndex } from "./create-cluster-index.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const KEY = "mgmt-local/team-payments/checkout";
const open: { close(): void }[] = [];
afterEach(() => {
  for (const index of open.splice(0)) index.close();
  vi.useRealTimers();
});

function indexOn(kube: KubernetesPort, clock = { now: () => NOW }) {
  const index = createClusterIndex({ kube, clock, log: createFakeLog() });
  open.push(index);
  return index;
}

/** A management cluster whose caches the test fills by hand, one event at a time. */
function handFed() {
  const caches = new Map<
    WatchedKind,
    WatchCache & { feed(event: Pick<WatchEvent, "type" | "key"> & { readonly object: KubeObject }): void }
  >();
  const watch = (kind: WatchedKind) => {
    const known = caches.get(kind);
    if (known !== undefined) return known;
    const objects = new Map<string, Watched>();
    const listeners = new Set<(event: WatchEvent) => void>();
    const cache = {
      kind,
      get: (key: string) => objects.get(key),
      values: () => objects.values(),
      health: () => ({ synced: true, connected: true, freshAt: NOW, relists: 0, objects: objects.size, lastError: null }),
      synced: async () => undefined,
      subscribe: (listener: (event: WatchEvent) => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      subscribeHealth: () => () => undefined,
      feed: ({ type, key, object }: Pick<WatchEvent, "type" | "key"> & { readonly object: KubeObject }) => {
        const watched = { object, observedAt: NOW };
        if (type === "upsert") objects.set(key, watched);
        else objects.delete(key);
        for (const listener of listeners) listener({ type, kind, key, watched });
      },
    };
    caches.set(kind, cache);
    return cache;
  };
  const port = { id: "mgmt-local", watch } as unknown as ManagementClusterPort;
  // Safe: the index touches nothing of a management cluster but its id and its watches.
  const kube: KubernetesPort = {
    ids: () => ["mgmt-local"],
    managementCluster: () => port,
    cluster: () => port,
    close: async () => undefined,
  };
  return {
    kube,
    feed: (object: KubeObject, type: "upsert" | "remove" = "upsert") =>
      watch(object.kind as WatchedKind).feed({ type, key: `${object.metadata.namespace ?? ""}/${object.metadata.name}`, object }),
  };
}

function graph(name: string): readonly KubeObject[] {
  return buildClusterObjects(clusterToBuild("eks-standard", name));
}

function rowsOf(index: ReturnType<typeof indexOn>): readonly (ClusterRowView | undefined)[] {
  return [...index.values()]
    .map(({ managementCluster, namespace, name }) => index.row(`${managementCluster}/${namespace}/${name}`, NOW))
    .sort((one, other) => ((one?.key ?? "") < (other?.key ?? "") ? -1 : 1));
}

describe("the cluster index", () => {
  it("gives the same rows whatever the order of events, and whenever it was asked between them", () => {
    const changed = graph("checkout").map((object) =>
      KubeObject.parse({
        ...object,
        status: {
          ready: true,
          phase: "Running",
          conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-11-22T11:00:00Z" }],
        },
      }),
    );
    const orphanPool = graph("gone").filter(({ kind }) => kind === "MachinePool");
    const events = [...graph("checkout"), ...graph("orders"), ...orphanPool].map((object) => ({ object, type: "upsert" as const }));
    const late = changed.map((object) => ({ object, type: "upsert" as const }));
    const expected = (() => {
      const { kube, feed } = handFed();
      const index = indexOn(kube);
      for (const { object } of [...events, ...late]) feed(object);
      return rowsOf(index);
    })();
    expect(expected).toHaveLength(2);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.shuffledSubarray(late, { minLength: late.length }),
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        (first, second, asks) => {
          const { kube, feed } = handFed();
          const index = indexOn(kube);
          for (const [at, { object, type }] of [...first, ...second].entries()) {
            feed(object, type);
            if (asks[at] === true) rowsOf(index);
          }
          expect(rowsOf(index)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("announces only the cluster that an event touches", () => {
    const { kube, feed } = handFed();
    const index = indexOn(kube);
    for (const object of [...graph("checkout"), ...graph("orders")]) feed(object);
    rowsOf(index);
    const events: ClusterIndexEvent[] = [];
    index.subscribe((event) => events.push(event));
    for (const object of graph("orders").filter(({ kind }) => kind === "AWSManagedMachinePool" || kind === "AWSManagedControlPlane")) {
      feed(object);
      rowsOf(index);
    }
    expect(events).toEqual([
      { type: "upsert", key: "mgmt-local/team-payments/orders" },
      { type: "upsert", key: "mgmt-local/team-payments/orders" },
    ]);
  });

  it("keeps a row until something changes, and costs only one row for a broken object", () => {
    const { kube, feed } = handFed();
    const index = indexOn(kube);
    for (const object of graph("checkout")) feed(object);
    const row = index.row(KEY, NOW);
    expect(index.row(KEY, NOW)?.sentence).toBe(row?.sentence);
    feed(KubeObject.parse({ ...HOSTILE, metadata: { name: "evil", namespace: "team-payments" } }));
    expect(index.row("mgmt-local/team-payments/evil", NOW)?.state).toBe("unknown");
    expect(index.row(KEY, NOW)).toEqual(row);
  });

  it("puts the light out when the watch is gone for too long, says so, and lights it again", async () => {
    vi.useFakeTimers({ now: NOW });
    const clock = { now: () => new Date() };
    const kube = createFakeKubernetes({ clock });
    for (const object of [TEAM_NAMESPACE, ...graph("checkout")]) kube.applyAs("trellis", object);
    const index = indexOn(kube, clock);
    const events: ClusterIndexEvent[] = [];
    index.subscribe((event) => events.push(event));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(index.row(KEY, clock.now())?.state).toBe("creating");
    kube.dropWatches();
    await vi.advanceTimersByTimeAsync(92_000);
    expect(index.row(KEY, clock.now())).toMatchObject({ state: "unknown", glyph: "unknown" });
    expect(events.filter(({ type }) => type === "resync").length).toBeGreaterThan(0);
    kube.restoreWatches();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(index.row(KEY, clock.now())?.glyph).not.toBe("unknown");
  });

  it("announces a cluster that time alone has changed", async () => {
    vi.useFakeTimers({ now: NOW });
    const clock = { now: () => new Date() };
    const kube = createFakeKubernetes({ clock });
    for (const object of [TEAM_NAMESPACE, ...graph("checkout")]) kube.applyAs("trellis", object);
    const index = indexOn(kube, clock);
    expect(index.row(KEY, clock.now())).toMatchObject({ state: "creating", stuck: false });
    const events: ClusterIndexEvent[] = [];
    index.subscribe((event) => events.push(event));
    await vi.advanceTimersByTimeAsync(62_000);
    expect(events).toContainEqual({ type: "upsert", key: KEY });
    expect(index.row(KEY, clock.now())).toMatchObject({ state: "creating", stuck: true, findings: 1 });
  });
});

const HOSTILE = {
  apiVersion: "cluster.x-k8s.io/v1beta2",
  kind: "Cluster",
  spec: { controlPlaneRef: { name: ["__proto__"], kind: 7 }, infrastructureRef: "nonsense", paused: "yes" },
  status: { conditions: [null, 7, { type: "__proto__" }, { type: "Ready", status: {} }, "x"], initialization: [], phase: { a: 1 } },
};

const TEAM_NAMESPACE = { apiVersion: "v1", kind: "Namespace", metadata: { name: "team-payments" } };
