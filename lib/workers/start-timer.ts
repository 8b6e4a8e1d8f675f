import type { Context } from "../services/context.ts";

/** Runs a round again and again, never two at a time: the first after `firstMs`, the next `everyMs` after the last one ended. A round that fails is logged; the next one runs. */
export function startTimer(
  ctx: Context,
  timing: { readonly name: string; readonly firstMs: number; readonly everyMs: number },
  round: (ctx: Context) => Promise<void>,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const roundContext: Context = { ...ctx, signal: AbortSignal.any([ctx.signal, stopping.signal]) };
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function plan(waitMs: number): void {
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      running = round(roundContext)
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) ctx.log.warn("worker.roundFailed", { worker: timing.name, error });
        })
        .finally(() => plan(timing.everyMs));
    }, waitMs);
  }

  plan(timing.firstMs);
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
