import {
  type KubernetesPort,
  type ManagementClusterPort,
  OPTIONAL_KINDS,
  WATCHED_KINDS,
  type WatchedKind,
} from "../adapters/kubernetes/port.ts";
import { PortalError } from "../domain/portal-error.ts";

const WATCH_TIMEOUT_MS = 5_000;

/**
 * Resolves at the first complete list of every kind of every management cluster; throws `UNAVAILABLE` `kubernetes.notSynced` when that takes long.
 * A kind of routes that cannot be watched, because nobody serves it or the portal may not, is said by its health and holds nothing up.
 */
export async function untilWatched(kube: KubernetesPort, signal: AbortSignal, timeoutMs = WATCH_TIMEOUT_MS): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const clusters = kube.ids().map((id) => kube.managementCluster(id));
  await Promise.all(clusters.flatMap((cluster) => WATCHED_KINDS.map((kind) => untilListed(cluster, kind, limit))));
}

async function untilListed(cluster: ManagementClusterPort, kind: WatchedKind, limit: AbortSignal): Promise<void> {
  const cache = cluster.watch(kind);
  const isOptional = OPTIONAL_KINDS.includes(kind);
  await cache.synced(limit).catch((error: unknown) => {
    if (!isOptional || cache.health().lastError === null) throw error;
  });
  if (!isOptional && !cache.health().synced) throw new PortalError("UNAVAILABLE", "kubernetes.notSynced", { cluster: cluster.id, kind });
}
