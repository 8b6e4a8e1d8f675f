import type { Context } from "../services/context.ts";
import { createObservationTail } from "../services/routes/tail-observations.ts";
import { startTimer } from "./start-timer.ts";

const EVERY_MS = 1_000;
const FORGET_EVERY_MS = 60 * 60 * 1000;
const KEPT_MS = 3 * 24 * 60 * 60 * 1000;

/** Keeps what other replicas read of other systems in this process's memory, a second later than they know it; once an hour what is long gone is forgotten. */
export function startObservationTail(ctx: Context): { readonly stop: () => Promise<void> } {
  const tail = createObservationTail(ctx);
  let forgotAt = 0;
  return startTimer(ctx, { name: "observation-tail", firstMs: 0, everyMs: EVERY_MS }, async (round) => {
    await tail.read();
    // One process: nobody else is there to hear.
    if (round.db.engine === "postgresql") await tail.share();
    const now = round.clock.now();
    if (now.getTime() - forgotAt < FORGET_EVERY_MS) return;
    forgotAt = now.getTime();
    await round.db.read.observations.forget(new Date(now.getTime() - KEPT_MS));
  });
}
