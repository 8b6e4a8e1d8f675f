import type { ObservedProvider, ObservedRoute } from "../../domain/routes/observed-route.ts";
import type { RouteRowView } from "../../domain/routes/route-view.ts";

/** `upsert` and `remove` name one route by key; `resync` says that the evidence as a whole changed. */
export type RouteIndexEvent = { readonly type: "upsert" | "remove"; readonly key: string } | { readonly type: "resync" };

/**
 * Every route of every management cluster, joined from the watch caches, the newest Lattice facts and the provider clusters' exports; an
 * event recomputes only the routes it touches. Only services read it, and they filter by right. Keys are `managementCluster/namespace/name`.
 */
export interface RouteIndex {
  get(key: string): ObservedRoute | undefined;
  /** By `(namespace, name)`, which is unique over all management clusters. */
  find(namespace: string, name: string): ObservedRoute | undefined;
  /** Keys of all routes: cheap, where `values` joins each with its facts. */
  keys(): IterableIterator<string>;
  /** The uid of a route's object, to tell its lives under one name apart. */
  uidOf(key: string): string | undefined;
  values(): IterableIterator<ObservedRoute>;
  /** The row as of `now`; recomputed when evidence changed or a time-dependent state fell due. */
  row(key: string, now: Date): RouteRowView | undefined;
  /** Which routes use this export (`destination`, namespace, name). */
  usersOfExport(destination: string, namespace: string, name: string): readonly ObservedRoute[];
  provider(destination: string): ObservedProvider | undefined;
  version(): number;
  subscribe(listener: (event: RouteIndexEvent) => void): () => void;
  close(): void;
}
