import type { ManagementClusterPort, WatchEvent, Watched } from "../../adapters/kubernetes/port.ts";
import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";
import { readCluster } from "../../manifests/clusters/read-cluster.ts";
import { CLUSTER_KINDS, type ClusterKind, cachesOf, clusterOfPool, collect, freshAtOf, linkOf } from "./linked-objects.ts";

/** A cluster read once from the caches; `links` are the objects it was read through. */
type Entry = { readonly observed: ObservedCluster; readonly links: readonly string[] };

/**
 * Clusters of one management cluster. An event marks only the clusters it touches; they are read again when somebody asks, and until then
 * announced once. What a cluster is depends on the caches alone, so the order of events does not matter (property test).
 */
export function createManagementClusterIndex(port: ManagementClusterPort, onTouched: (key: string, type: "upsert" | "remove") => void) {
  const caches = cachesOf(port);
  const entries = new Map<string, Entry>();
  const poolsOf = new Map<string, Set<string>>();
  const clusterOf = new Map<string, string>();
  const linkedBy = new Map<string, Set<string>>();

  function touch(clusterKey: string): void {
    forget(clusterKey);
    if (caches.Cluster.get(clusterKey) !== undefined) onTouched(clusterKey, "upsert");
  }

  function forget(clusterKey: string): void {
    for (const link of entries.get(clusterKey)?.links ?? []) linkedBy.get(link)?.delete(clusterKey);
    entries.delete(clusterKey);
  }

  function onPool(key: string, watched: Watched | null): void {
    const before = clusterOf.get(key);
    const now = watched === null ? null : clusterOfPool(watched);
    if (before !== undefined && before !== now) {
      poolsOf.get(before)?.delete(key);
      clusterOf.delete(key);
      touch(before);
    }
    if (now === null) return;
    clusterOf.set(key, now);
    const pools = poolsOf.get(now) ?? new Set<string>();
    poolsOf.set(now, pools.add(key));
    touch(now);
  }

  function onEvent(kind: ClusterKind, { type, key, watched }: Pick<WatchEvent, "type" | "key" | "watched">): void {
    if (kind === "MachinePool") return onPool(key, type === "remove" ? null : watched);
    if (kind !== "Cluster") {
      for (const clusterKey of [...(linkedBy.get(linkOf(kind, key)) ?? [])]) touch(clusterKey);
      return;
    }
    forget(key);
    onTouched(key, type);
  }

  function read(key: string): ObservedCluster | undefined {
    const known = entries.get(key);
    if (known !== undefined) return known.observed;
    const cluster = caches.Cluster.get(key);
    if (cluster === undefined) return undefined;
    const { seen, links } = collect(caches, cluster, poolsOf.get(key) ?? []);
    const observed = readCluster({ ...seen, managementCluster: port.id, freshAt: null });
    for (const link of links) linkedBy.set(link, (linkedBy.get(link) ?? new Set<string>()).add(key));
    entries.set(key, { observed, links });
    return observed;
  }

  const unsubscribes = CLUSTER_KINDS.map((kind) => caches[kind].subscribe((event) => onEvent(kind, event)));
  for (const watched of caches.MachinePool.values()) onPool(keyOf(watched), watched);

  return {
    read,
    freshAt: () => freshAtOf(caches),
    /** `namespace/name` of every Cluster. */
    *keys(): IterableIterator<string> {
      for (const watched of caches.Cluster.values()) yield keyOf(watched);
    },
    subscribeHealth(listener: () => void): void {
      for (const kind of CLUSTER_KINDS) unsubscribes.push(caches[kind].subscribeHealth(listener));
    },
    close(): void {
      for (const unsubscribe of unsubscribes) unsubscribe();
    },
  };
}

function keyOf({ object }: Watched): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
