import type { KubernetesPort } from "../../adapters/kubernetes/port.ts";
import type { LogPort } from "../../adapters/telemetry/port.ts";
import { toClusterRow } from "../../domain/clusters/cluster-row.ts";
import { clusterStatus, hasFreshEvidence } from "../../domain/clusters/cluster-status.ts";
import type { ClusterRowView } from "../../domain/clusters/cluster-view.ts";
import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";
import { nextStatusChange } from "../../domain/clusters/status-due.ts";
import type { ClusterIndex, ClusterIndexEvent } from "./cluster-index.ts";
import { createManagementClusterIndex } from "./management-cluster-index.ts";

const TICK_MS = 1_000;

type Part = ReturnType<typeof createManagementClusterIndex>;
type Memo = { readonly observed: ObservedCluster; readonly row: ClusterRowView; readonly evidence: Evidence; readonly due: Date | null };
type Evidence = "fresh" | "old" | "none";

/**
 * The index over all management clusters. Rows are computed when asked for and kept until their objects change, their evidence goes out, or
 * time alone changes them; the latter two are noticed once a second and announced like any change. `close` ends timer and subscriptions.
 */
export function createClusterIndex({
  kube,
  clock,
  log,
}: {
  readonly kube: KubernetesPort;
  readonly clock: { now(): Date };
  readonly log: LogPort;
}): ClusterIndex & { close(): void } {
  const listeners = new Set<(event: ClusterIndexEvent) => void>();
  const memos = new Map<string, Memo>();
  const evidence = new Map<string, Evidence>();
  let version = 0;

  function emit(event: ClusterIndexEvent): void {
    version += 1;
    for (const listener of [...listeners]) {
      // One listener's failure must not keep the change from the others.
      try {
        listener(event);
      } catch (error) {
        log.error("clusterIndex.listenerFailed", { error });
      }
    }
  }

  const parts = new Map<string, Part>(
    kube.ids().map((id) => [
      id,
      createManagementClusterIndex(kube.managementCluster(id), (key, type) => {
        memos.delete(`${id}/${key}`);
        emit({ type, key: `${id}/${key}` });
      }),
    ]),
  );
  for (const part of parts.values()) part.subscribeHealth(() => emit({ type: "resync" }));

  function read(id: string, key: string): ObservedCluster | undefined {
    try {
      return parts.get(id)?.read(key);
    } catch (error) {
      // A broken object costs its own row, never the list (product.md §6).
      log.error("clusterIndex.unreadable", { managementCluster: id, key, error });
      return undefined;
    }
  }

  function get(fullKey: string): ObservedCluster | undefined {
    const { id, key } = splitKey(fullKey);
    const observed = read(id, key);
    return observed === undefined ? undefined : { ...observed, freshAt: parts.get(id)?.freshAt() ?? null };
  }

  function row(fullKey: string, now: Date): ClusterRowView | undefined {
    const { id, key } = splitKey(fullKey);
    const observed = read(id, key);
    if (observed === undefined) return undefined;
    const freshAt = parts.get(id)?.freshAt() ?? null;
    const kind = evidenceKind(freshAt, now);
    const memo = memos.get(fullKey);
    const isValid = memo?.observed === observed && memo.evidence === kind && (memo.due === null || now < memo.due);
    if (memo !== undefined && isValid) return { ...memo.row, evidenceAt: freshAt?.toISOString() ?? null };
    const current = { ...observed, freshAt };
    const made = toClusterRow(current, clusterStatus(current, now));
    memos.set(fullKey, { observed, row: made, evidence: kind, due: nextStatusChange(current, now) });
    return made;
  }

  function tick(): void {
    const now = clock.now();
    for (const [key, memo] of memos) {
      if (memo.due === null || now < memo.due) continue;
      memos.delete(key);
      emit({ type: "upsert", key });
    }
    for (const [id, part] of parts) {
      const kind = evidenceKind(part.freshAt(), now);
      const before = evidence.get(id);
      evidence.set(id, kind);
      if (before !== undefined && before !== kind) emit({ type: "resync" });
    }
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
    *values() {
      for (const [id, part] of parts) {
        const freshAt = part.freshAt();
        for (const key of part.keys()) {
          const observed = read(id, key);
          if (observed !== undefined) yield { ...observed, freshAt };
        }
      }
    },
    row,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      clearInterval(timer);
      for (const part of parts.values()) part.close();
    },
  };
}

function evidenceKind(freshAt: Date | null, now: Date): Evidence {
  if (freshAt === null) return "none";
  return hasFreshEvidence(freshAt, now) ? "fresh" : "old";
}

function splitKey(fullKey: string): { readonly id: string; readonly key: string } {
  const cut = fullKey.indexOf("/");
  return { id: fullKey.slice(0, cut), key: fullKey.slice(cut + 1) };
}
