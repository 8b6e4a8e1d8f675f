import type { Context } from "../services/context.ts";
import { createProviderPoll } from "../services/routes/poll-providers.ts";
import { startTimer } from "./start-timer.ts";

const EVERY_MS = 2_000;
const EVENTS_EVERY_MS = 5_000;
const LEASE_MS = 15_000;

/**
 * Looks at the tenant clusters that feed routes, and keeps the controllers' Events before Kubernetes forgets them. One replica does it, the others
 * read what it saved.
 */
export function startProviderPoller(ctx: Context): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const own: Context = { ...ctx, signal: AbortSignal.any([ctx.signal, stopping.signal]) };
  const lease = { name: "providers", owner: ctx.randomId() };
  const poll = createProviderPoll(own);
  let isHeld = false;
  let collectedAt = Number.NEGATIVE_INFINITY;

  const timer = startTimer(own, { name: "provider-poller", firstMs: 500, everyMs: EVERY_MS }, async (round) => {
    const now = round.clock.now();
    const held = await round.db.read.observations.claimLease({ ...lease, leaseMs: LEASE_MS, now });
    if (held !== isHeld) round.log.info("providers.lease", { held });
    isHeld = held;
    if (!held) return;
    await poll.look();
    if (now.getTime() - collectedAt < EVENTS_EVERY_MS) return;
    collectedAt = now.getTime();
    await poll.collectEvents();
  });

  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([timer.stop(), poll.settled()]);
      // Given back at once, so that another replica need not wait for its end.
      if (isHeld) await ctx.db.read.observations.claimLease({ ...lease, leaseMs: 0, now: ctx.clock.now() }).catch(() => false);
    },
  };
}
