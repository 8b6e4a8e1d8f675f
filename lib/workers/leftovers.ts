import type { Context } from "../services/context.ts";
import { hasLeftovers, removeLeftovers } from "../services/tenancy/remove-leftovers.ts";
import { startTimer } from "./start-timer.ts";

/** Takes away ended sessions and old idempotency keys, once an hour. Two processes may meet: the second finds nothing left. */
export function startLeftovers(ctx: Context): { readonly stop: () => Promise<void> } {
  return startTimer(ctx, { name: "leftovers", firstMs: 60_000, everyMs: 3_600_000 }, async (round) => {
    if (await hasLeftovers(round)) await removeLeftovers.execute({}, round);
  });
}
