import type { StepClaim } from "../../adapters/database/port.ts";
import type { Context } from "../context.ts";

/**
 * Runs the work on a claimed step while renewing its lease three times per lease. The signal fires when the lease is lost to another
 * process, when it could not be renewed in time, or when the caller stops: whoever has no lease starts no further call.
 */
export async function holdLease<T>(ctx: Context, claim: StepClaim, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { deliveryLeaseMs } = ctx.settings;
  const lost = new AbortController();
  let heldUntil = performance.now() + deliveryLeaseMs;
  const renew = async () => {
    const asked = performance.now();
    const isOurs = await ctx.db.transaction((tx) => tx.steps.renew(claim, new Date(ctx.clock.now().getTime() + deliveryLeaseMs)));
    if (isOurs) heldUntil = asked + deliveryLeaseMs;
    if (!isOurs) lost.abort();
  };
  const timer = setInterval(() => {
    if (performance.now() >= heldUntil) lost.abort();
    renew().catch((error: unknown) => ctx.log.warn("delivery.renewFailed", { request: claim.requestId, step: claim.n, error }));
  }, deliveryLeaseMs / 3);
  try {
    return await work(AbortSignal.any([ctx.signal, lost.signal]));
  } finally {
    clearInterval(timer);
  }
}
