import type { KubernetesPort } from "../../adapters/kubernetes/port.ts";
import type { LogPort } from "../../adapters/telemetry/port.ts";
import { hasFreshEvidence } from "../../domain/clusters/cluster-status.ts";
import type { ObservedProvider, ObservedRoute } from "../../domain/routes/observed-route.ts";
import { destinationOf } from "../../domain/routes/route-facts.ts";
import { toRouteRow } from "../../domain/routes/route-row.ts";
import { nextRouteStatusChange, routeStatus } from "../../domain/routes/route-status.ts";
import type { RouteRowView } from "../../domain/routes/route-view.ts";
import type { Networking } from "../../domain/tenancy/networking.ts";
import type { ClusterIndex } from "../clusters/cluster-index.ts";
import type { FactStore } from "./fact-store.ts";
import { createManagementRouteIndex } from "./management-route-index.ts";
import { createRecheckQueue } from "./recheck-queue.ts";
import type { RouteIndex, RouteIndexEvent } from "./route-index.ts";
import { createRouteJoin, type RouteJoin } from "./route-join.ts";

const TICK_MS = 1_000;

type Part = ReturnType<typeof createManagementRouteIndex>;
type Evidence = "fresh" | "old" | "none";
type Memo = { readonly row: RouteRowView; readonly evidence: Evidence; readonly due: Date | null; readonly freshAt: () => Date | null };

type Parts = {
  readonly kube: KubernetesPort;
  readonly facts: FactStore;
  readonly clusters: ClusterIndex;
  /** Service networks and accounts as configured now; refreshed by whoever wires this. */
  readonly networking: () => Networking;
  readonly clock: { now(): Date };
  readonly log: LogPort;
};

/**
 * The index over all management clusters. Rows are computed when asked for and kept until something they rest on changes: an object, a fact about their service or
 * groups, their provider cluster, or time alone. Facts about a whole account mark all of its routes, which are then looked at again a few at a time.
 */
export function createRouteIndex({ kube, facts, clusters, networking, clock, log }: Parts): RouteIndex {
  const listeners = new Set<(event: RouteIndexEvent) => void>();
  const memos = new Map<string, Memo>();
  /** The keys of what is there, each made once: a list of thousands asks several maps for each, and a new text is hashed anew every time. */
  const present = new Set<string>();
  const evidence = new Map<string, Evidence>();
  const join: RouteJoin = createRouteJoin({ facts, clusters, networking });
  let knownNetworking = networking();
  let version = 0;

  function emit(event: RouteIndexEvent): void {
    version += 1;
    for (const listener of [...listeners]) {
      // One listener's failure must not keep the change from the others.
      try {
        listener(event);
      } catch (error) {
        log.error("routeIndex.listenerFailed", { error });
      }
    }
  }

  function changed(key: string): void {
    memos.delete(key);
    queue.drop(key);
    emit({ type: "upsert", key });
  }

  const parts = new Map<string, Part>(
    kube.ids().map((id) => [
      id,
      createManagementRouteIndex(kube.managementCluster(id), (key, type) => {
        const full = `${id}/${key}`;
        if (type === "upsert" && part(id)?.read(key) !== undefined) {
          present.add(full);
          return changed(full);
        }
        present.delete(full);
        memos.delete(full);
        queue.drop(full);
        join.forget(full);
        emit({ type: "remove", key: full });
      }),
    ]),
  );
  for (const [id, one] of parts) {
    for (const key of one.keys()) if (one.read(key) !== undefined) present.add(`${id}/${key}`);
    one.subscribeHealth(() => emit({ type: "resync" }));
  }

  function part(id: string): Part | undefined {
    return parts.get(id);
  }

  function get(fullKey: string): ObservedRoute | undefined {
    const { id, key } = splitKey(fullKey);
    try {
      const own = parts.get(id);
      const base = own?.read(key);
      return own === undefined || base === undefined ? undefined : join.observe(fullKey, base, own);
    } catch (error) {
      // A broken object costs its own row, never the list (product.md §6).
      log.error("routeIndex.unreadable", { managementCluster: id, key, error });
      return undefined;
    }
  }

  function compute(key: string, now: Date): RouteRowView | undefined {
    const observed = get(key);
    queue.drop(key);
    if (observed === undefined) {
      memos.delete(key);
      return undefined;
    }
    const row = toRouteRow(observed, routeStatus(observed, now));
    const own = part(splitKey(key).id);
    memos.set(key, {
      row,
      evidence: evidenceKind(observed.freshAt, now),
      due: nextRouteStatusChange(observed, now),
      freshAt: () => own?.freshAt(observed.kind) ?? null,
    });
    return row;
  }

  function row(key: string, now: Date): RouteRowView | undefined {
    const memo = memos.get(key);
    // What waits to be looked at again is answered as it was: a list must not pay at once for what the queue does bit by bit, and the queue tells of a change.
    if (memo === undefined || (memo.due !== null && now >= memo.due)) return compute(key, now);
    return evidenceKind(memo.freshAt(), now) === memo.evidence ? memo.row : compute(key, now);
  }

  /** Says something only when the row became another one; its age alone is no news. */
  function recheck(key: string): void {
    const before = memos.get(key)?.row;
    const after = compute(key, clock.now());
    if (after === undefined || before === undefined || isSameRow(before, after)) return;
    emit({ type: "upsert", key });
  }

  const queue = createRecheckQueue(recheck, (error) => log.error("routeIndex.recheckFailed", { error }));

  const stopFacts = facts.subscribe((change) => {
    const { routes, account } = join.touchedBy(change);
    // Facts that only grew fresher move an age: the row is looked at again, and said again only when it became another one.
    for (const key of routes)
      if (change.agesOnly) queue.add(key);
      else changed(key);
    if (account !== null) for (const key of join.ofAccount(account)) queue.add(key);
  });
  const stopClusters = clusters.subscribe((event) => {
    if (event.type === "resync") return;
    for (const key of join.callingFrom(event.key)) queue.add(key);
  });

  function tick(): void {
    const now = clock.now();
    for (const [key, { due }] of memos) if (due !== null && now >= due) changed(key);
    for (const [id, own] of parts) {
      const kind = evidenceKind(own.freshAt("HTTPRoute"), now);
      const before = evidence.get(id);
      evidence.set(id, kind);
      if (before !== undefined && before !== kind) emit({ type: "resync" });
    }
    const config = networking();
    if (config === knownNetworking) return;
    knownNetworking = config;
    memos.clear();
    emit({ type: "resync" });
  }

  const timer = setInterval(tick, TICK_MS);
  timer.unref();

  return {
    get,
    find: (namespace, name) => {
      for (const id of parts.keys()) {
        const found = get(`${id}/${namespace}/${name}`);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    keys: () => present.values(),
    uidOf(fullKey) {
      const { id, key } = splitKey(fullKey);
      return parts.get(id)?.read(key)?.uid;
    },
    *values() {
      for (const key of present) {
        const observed = get(key);
        if (observed !== undefined) yield observed;
      }
    },
    row,
    usersOfExport(destination, namespace, name) {
      const found: ObservedRoute[] = [];
      for (const key of present) {
        const { id, key: own } = splitKey(key);
        const base = parts.get(id)?.read(own);
        const uses = base?.imports.some(
          (one) => one.namespace === namespace && (one.exportName ?? one.name) === name && destinationOf(base, one) === destination,
        );
        const observed = uses === true ? get(key) : undefined;
        if (observed !== undefined) found.push(observed);
      }
      return found;
    },
    provider: (destination): ObservedProvider | undefined => facts.provider(destination),
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      clearInterval(timer);
      queue.close();
      stopFacts();
      stopClusters();
      for (const own of parts.values()) own.close();
    },
  };
}

function isSameRow(one: RouteRowView, other: RouteRowView): boolean {
  return JSON.stringify({ ...one, evidenceAt: null }) === JSON.stringify({ ...other, evidenceAt: null });
}

function evidenceKind(freshAt: Date | null, now: Date): Evidence {
  if (freshAt === null) return "none";
  return hasFreshEvidence(freshAt, now) ? "fresh" : "old";
}

function splitKey(fullKey: string): { readonly id: string; readonly key: string } {
  const cut = fullKey.indexOf("/");
  return { id: fullKey.slice(0, cut), key: fullKey.slice(cut + 1) };
}
