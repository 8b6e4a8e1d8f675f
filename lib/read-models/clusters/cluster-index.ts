import type { ClusterRowView } from "../../domain/clusters/cluster-view.ts";
import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";

/** `upsert` and `remove` name one cluster by key; `resync` says that the evidence as a whole changed (a watch came or went). */
export type ClusterIndexEvent = { readonly type: "upsert" | "remove"; readonly key: string } | { readonly type: "resync" };

/**
 * Every observed Cluster of every management cluster, projected from the watch caches; an event recomputes only the cluster it touches.
 * Holds what a privileged identity sees: only services read it, and they filter by right. Keys are `managementCluster/namespace/name`.
 */
export interface ClusterIndex {
  get(key: string): ObservedCluster | undefined;
  /** By `(namespace, name)`, which is unique over all management clusters. */
  find(namespace: string, name: string): ObservedCluster | undefined;
  values(): IterableIterator<ObservedCluster>;
  /** The row as of `now`; recomputed when the object changed or its time-dependent state fell due. */
  row(key: string, now: Date): ClusterRowView | undefined;
  /** Grows with every change: views carry it so that a gap is noticed. */
  version(): number;
  subscribe(listener: (event: ClusterIndexEvent) => void): () => void;
}
