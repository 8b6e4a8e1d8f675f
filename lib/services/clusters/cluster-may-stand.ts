import type { Target } from "../../domain/requests/request.ts";
import type { Context } from "../context.ts";

/** Before the watch is complete its silence says nothing, so the cluster may stand. */
export function clusterMayStand(ctx: Context, { managementCluster, namespace, name }: Target): boolean {
  if (!ctx.kube.ids().includes(managementCluster)) return true;
  const isSynced = ctx.kube.managementCluster(managementCluster).watch("Cluster").health().synced;
  return !isSynced || ctx.clusters.find(namespace, name) !== undefined;
}
