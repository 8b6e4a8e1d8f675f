import type { RequestId } from "../../domain/ids.ts";
import type { Context } from "../context.ts";

const AT_MOST = 50;

/** Ended requests that still hold a name although no watch shows their object: worth a live look. Before a watch is complete its silence says nothing. */
export async function listReleasable(ctx: Context): Promise<readonly RequestId[]> {
  const holding = await ctx.db.read.requests.listHolding();
  const seen = new Set(ctx.kube.ids().filter((id) => ctx.kube.managementCluster(id).watch("Cluster").health().synced));
  const unseen = holding.filter(
    ({ target }) => seen.has(target.managementCluster) && ctx.clusters.find(target.namespace, target.name) === undefined,
  );
  return unseen.slice(0, AT_MOST).map(({ id }) => id);
}
