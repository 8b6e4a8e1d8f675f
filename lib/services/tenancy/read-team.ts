import type { TeamRecord } from "../../adapters/database/port.ts";
import { clusterQuota } from "../../domain/clusters/cluster-quota.ts";
import { targetKey } from "../../domain/requests/request.ts";
import type { TeamRowView } from "../../domain/tenancy/tenancy-view.ts";
import type { Context } from "../context.ts";

/** A team as people read it, with what it uses of its quota now. */
export async function readTeam(ctx: Context, { id, description, clusterQuota: limit, memberCount }: TeamRecord): Promise<TeamRowView> {
  const observedKeys = [...ctx.clusters.values()].filter((cluster) => cluster.team === id).map(targetKey);
  const { used } = clusterQuota({ limit, reserved: await ctx.db.read.requests.reservedClusters(id), observedKeys, adds: 0 });
  return { id, description, members: memberCount, clusters: { used, limit } };
}
