import type { Context } from "../services/context.ts";
import { expireRequest } from "../services/requests/expire-request.ts";
import { listExpirable } from "../services/requests/list-expirable.ts";
import { startTimer } from "./start-timer.ts";

/** Ends requests that nobody decided in time, once a minute. Two processes may meet: the second finds the request ended and leaves it. */
export function startExpiry(ctx: Context): { readonly stop: () => Promise<void> } {
  return startTimer(ctx, { name: "expiry", firstMs: 5_000, everyMs: 60_000 }, async (round) => {
    for (const id of await listExpirable(round))
      await expireRequest.execute({ id }, round).catch((error: unknown) => round.log.info("expiry.leftAlone", { request: id, error }));
  });
}
