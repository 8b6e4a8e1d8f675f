import { clusterKey } from "../../domain/clusters/cluster-row.ts";
import type { ClusterRowView } from "../../domain/clusters/cluster-view.ts";
import type { Context } from "../context.ts";
import type { OpenRequests } from "./open-cluster-requests.ts";
import { requestedRow } from "./requested-row.ts";
import { rowFor } from "./visible-clusters.ts";

/** The row of one key as the actor may see it: the observed cluster, or the open request to create it; null when there is neither for her. */
export function clusterRow(ctx: Pick<Context, "actor" | "clusters" | "clock">, open: OpenRequests, key: string): ClusterRowView | null {
  const observed = ctx.clusters.row(key, ctx.clock.now());
  const create = open.create.get(key);
  if (observed === undefined) return create === undefined ? null : rowFor(ctx.actor, requestedRow(create));
  return rowFor(ctx.actor, { ...observed, openRequest: (open.delete.get(key) ?? create)?.id ?? null });
}

/** Every row the actor may see: observed clusters and open create requests in one list. */
export function clusterRows(ctx: Pick<Context, "actor" | "clusters" | "clock">, open: OpenRequests): readonly ClusterRowView[] {
  const keys = new Set(open.create.keys());
  for (const observed of ctx.clusters.values()) keys.add(clusterKey(observed));
  return [...keys].flatMap((key) => clusterRow(ctx, open, key) ?? []);
}
