import type { Context } from "../services/context.ts";
import { claimStep, deliverStep } from "../services/requests/deliver-step.ts";

const AT_ONCE = 8;
const POLL_MS = 1_000;
const STOP_MS = 4_000;

/**
 * The delivery worker of one process; any number of them share the database. It looks for due steps when woken, when one falls due, and
 * once a second. `stop` lets steps in flight finish for a moment, then hands them back.
 */
export function startDelivery(ctx: Context): { readonly wake: () => void; readonly stop: () => Promise<void> } {
  const owner = ctx.randomId();
  const stopping = new AbortController();
  const inFlight = new Set<Promise<void>>();
  const stepContext: Context = { ...ctx, signal: AbortSignal.any([ctx.signal, stopping.signal]) };
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let isLooking = false;
  let lookAgain = false;

  function wake(): void {
    clearTimeout(timer);
    if (isStopped) return;
    lookAgain = true;
    if (!isLooking) void look();
  }

  async function look(): Promise<void> {
    isLooking = true;
    let waitMs = POLL_MS;
    try {
      while (lookAgain && !isStopped) {
        lookAgain = false;
        await takeAll();
      }
      waitMs = await untilNextDue(ctx);
    } catch (error) {
      ctx.log.warn("delivery.lookFailed", { error });
    }
    isLooking = false;
    if (isStopped) return;
    if (lookAgain) return wake();
    timer = setTimeout(wake, waitMs);
  }

  async function takeAll(): Promise<void> {
    while (inFlight.size < AT_ONCE && !isStopped) {
      const claim = await claimStep(ctx, owner);
      if (claim === null) return;
      const work = deliverStep(stepContext, claim)
        .catch((error: unknown) => ctx.log.error("delivery.stepLost", { request: claim.requestId, step: claim.n, error }))
        .finally(() => {
          inFlight.delete(work);
          wake();
        });
      inFlight.add(work);
    }
  }

  wake();
  return {
    wake,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      const hurry = setTimeout(() => stopping.abort(), STOP_MS);
      await Promise.all(inFlight);
      clearTimeout(hurry);
    },
  };
}

async function untilNextDue(ctx: Context): Promise<number> {
  const due = await ctx.db.read.steps.nextDue();
  if (due === null) return POLL_MS;
  return Math.min(POLL_MS, Math.max(10, due.getTime() - ctx.clock.now().getTime()));
}
