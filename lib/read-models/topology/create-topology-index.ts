import type { KubernetesPort } from "../../adapters/kubernetes/port.ts";
import type { LogPort } from "../../adapters/telemetry/port.ts";
import type { Places } from "../../domain/topology/places.ts";
import { accountSource, managementClusterSource } from "../../domain/topology/topology-source.ts";
import type { TopologySource } from "../../domain/topology/topology-view.ts";
import type { ClusterIndex } from "../clusters/cluster-index.ts";
import { watchStatus } from "../clusters/watch-status.ts";
import type { FactStore } from "../routes/fact-store.ts";
import { createRecheckQueue } from "../routes/recheck-queue.ts";
import type { RouteIndex } from "../routes/route-index.ts";
import { createGraphStore } from "./graph-store.ts";
import { networkNodes } from "./network-nodes.ts";
import { partName } from "./part-names.ts";
import { createPartReader } from "./part-reader.ts";
import type { TopologyIndex } from "./topology-index.ts";
import { touchedParts } from "./touched-parts.ts";

const TICK_MS = 1_000;
/** Evidence that only grew fresher is read again so often, a few milliseconds at a time. */
const AGES_EVERY_MS = 30_000;

type Parts = {
  readonly kube: KubernetesPort;
  readonly clusters: ClusterIndex;
  readonly routes: RouteIndex;
  readonly facts: FactStore;
  /** Accounts and networks as configured now; the same object until they change. */
  readonly places: () => Places;
  readonly clock: { now(): Date };
  readonly log: LogPort;
};

/**
 * The map over everything. An event marks the parts it touches; they are read again in the background a few milliseconds at a time, or at once
 * when somebody asks for the graph. Time alone is looked at once a second.
 */
export function createTopologyIndex({ kube, clusters, routes, facts, places, clock, log }: Parts): TopologyIndex {
  const store = createGraphStore();
  const listeners = new Set<() => void>();
  const dirty = new Set<string>();
  let known = places();
  let networks = networkNodes(facts, known);
  let version = 0;
  let agesAt = clock.now().getTime();
  const providers = new Set<string>();
  const reader = createPartReader({
    kube,
    clusters,
    routes,
    facts,
    clock,
    places: () => known,
    networkOf: (network) => networks.nodeOf(network),
    onProvider: (destination) => {
      // Later looks at it announce themselves.
      if (providers.has(destination)) return;
      providers.add(destination);
      touch(partName("provider", destination));
    },
    onNaming: (account, serviceName) => {
      for (const other of facts.accounts()) {
        const id = facts.reading(other)?.serviceIdOf(serviceName) ?? null;
        if (id !== null && (other === account || store.has(partName("service", other, id)))) touch(partName("service", other, id));
      }
    },
  });
  const queue = createRecheckQueue(read, (error) => log.error("topologyIndex.readFailed", { error }));

  function touch(part: string): void {
    dirty.add(part);
    queue.add(part);
  }

  function read(part: string): void {
    dirty.delete(part);
    let result: ReturnType<typeof store.set>;
    try {
      result = store.set(part, reader.read(part));
    } catch (error) {
      // A broken object costs its own nodes, never the graph (product.md §6).
      log.error("topologyIndex.unreadable", { part, error });
      result = store.set(part, { nodes: [], edges: [], due: null });
    }
    if (result === "same") return;
    version += 1;
    if (result === "changed") tell();
  }

  function tell(): void {
    for (const listener of [...listeners]) {
      // One listener's failure must not keep the change from the others.
      try {
        listener();
      } catch (error) {
        log.error("topologyIndex.listenerFailed", { error });
      }
    }
  }

  function touchAll(parts: Iterable<string>): void {
    for (const part of parts) touch(part);
  }

  /** After the networks that Lattice lists or the platform configured changed, other nodes may stand for them. */
  function renameNetworks(): void {
    const next = networkNodes(facts, known);
    if (next.text === networks.text) return;
    networks = next;
    touchAll([...store.parts(), ...reader.all()]);
  }

  const stops = [
    clusters.subscribe((event) => touchAll(event.type === "resync" ? reader.ofClusters() : [partName("cluster", event.key)])),
    routes.subscribe((event) => touchAll(event.type === "resync" ? reader.ofRoutes() : [partName("route", event.key)])),
    facts.subscribe((change) => {
      if (change.agesOnly) return;
      const { parts, account } = touchedParts(facts, change);
      touchAll(parts);
      if (account !== null) touchAll(reader.ofAccount(account));
      if (change.keys.some((key) => key.startsWith("network/"))) renameNetworks();
      if (change.keys.some((key) => /^(network|vpc|list)\//.test(key))) touchAll(reader.ofNetworks());
    }),
    ...kube.ids().map((id) =>
      kube
        .managementCluster(id)
        .watch("Gateway")
        .subscribe(() => touchAll(reader.ofNetworks())),
    ),
  ];

  function tick(): void {
    const now = clock.now();
    if (places() !== known) {
      known = places();
      networks = networkNodes(facts, known);
      touchAll([...store.parts(), ...reader.all()]);
      tell();
    }
    for (const part of store.parts()) {
      const due = store.due(part);
      if (due !== null && now >= due) touch(part);
    }
    if (now.getTime() - agesAt < AGES_EVERY_MS) return;
    agesAt = now.getTime();
    for (const part of store.parts()) queue.add(part);
  }

  const timer = setInterval(tick, TICK_MS);
  timer.unref();
  touchAll(reader.all());

  return {
    graph() {
      if (places() !== known) tick();
      for (const part of dirty) {
        queue.drop(part);
        read(part);
      }
      return store.graph();
    },
    sources(): readonly TopologySource[] {
      const now = clock.now();
      const accounts = new Set([...known.networking.lattice.map(({ account }) => account), ...facts.accounts()]);
      return [
        ...watchStatus(kube, now).map(({ id, freshAt }) => managementClusterSource(id, freshAt, now)),
        ...[...accounts]
          .sort()
          .map((account) => accountSource(account, { health: facts.health(account), listsAt: facts.listsAt(account) }, now)),
      ];
    },
    configuration: () => known,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      clearInterval(timer);
      queue.close();
      for (const stop of stops) stop();
    },
  };
}
