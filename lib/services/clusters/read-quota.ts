import { type ClusterQuota, clusterQuota } from "../../domain/clusters/cluster-quota.ts";
import type { TeamId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { targetKey } from "../../domain/requests/request.ts";
import type { Context } from "../context.ts";

/** The team's clusters against its quota: reserved by requests, or observed without a reservation. `adds` is 0 when `targetKey` is reserved already. */
export async function readQuota(ctx: Context, team: TeamId, adding: string | null): Promise<ClusterQuota> {
  const [record, reserved] = await Promise.all([ctx.db.read.tenancy.findTeam(team), ctx.db.read.requests.reservedClusters(team)]);
  if (record === null) throw new PortalError("NOT_FOUND", "notFound");
  const observedKeys = [...ctx.clusters.values()].filter((cluster) => cluster.team === team).map(targetKey);
  const adds = adding === null || reserved.targetKeys.includes(adding) ? 0 : 1;
  return clusterQuota({ limit: record.clusterQuota, reserved, observedKeys: observedKeys.filter((key) => key !== adding), adds });
}

/** `PRECONDITION` `clusters.quota` when the quota is used up. */
export function requireQuota(quota: ClusterQuota, team: string): void {
  if (quota.left < 0) throw new PortalError("PRECONDITION", "clusters.quota", { team, limit: quota.limit, used: quota.used });
}
