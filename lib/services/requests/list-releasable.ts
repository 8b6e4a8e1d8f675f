import type { RequestId } from "../../domain/ids.ts";
import type { Context } from "../context.ts";

const AT_MOST = 50;

/** Ended requests that still hold a name although no watch shows their object: worth a live look. */
export async function listReleasable(ctx: Context): Promise<readonly RequestId[]> {
  const holding = await ctx.db.read.requests.listHolding();
  const unseen = holding.filter(({ kind, target }) => ctx.kinds.get(kind).mayStand?.(ctx, target) !== true);
  return unseen.slice(0, AT_MOST).map(({ id }) => id);
}
