import type { RequestId } from "../../domain/ids.ts";
import type { Context } from "../context.ts";

const AT_MOST = 50;

/** Requests whose time is over, for the expiry timer. */
export async function listExpirable(ctx: Context): Promise<readonly RequestId[]> {
  return ctx.db.read.requests.listExpirable(ctx.clock.now(), AT_MOST);
}
