import type { RequestId } from "../../domain/ids.ts";
import type { Context } from "../context.ts";

/** Ended requests that still hold a name although no watch shows their object: worth a live look. */
export async function listReleasable(ctx: Context): Promise<readonly RequestId[]> {
  const holding = await ctx.db.read.requests.listHolding();
  return holding.filter(({ target }) => ctx.clusters.find(target.namespace, target.name) === undefined).map(({ id }) => id);
}
