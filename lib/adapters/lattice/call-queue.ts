/** How long a sweep may be overtaken before it goes first. */
const PATIENCE_MS = 2_000;
const HALVED_MS = 60_000;

type Waiting = { readonly urgent: boolean; readonly since: number; readonly grant: () => void };

export type Turn = { readonly urgent: boolean; readonly signal: AbortSignal };

/** Paces the calls to one account and Region. Every attempt takes a turn, retries too: what counts is what AWS counts. */
export type CallQueue = {
  /** Waits for a turn; the returned function gives it back. Rejects with the signal's reason. */
  take(turn: Turn): Promise<() => void>;
  /** AWS said 429: nothing is sent for so long, and the rate is halved for a minute. */
  throttled(retryAfterMs: number): void;
  setRate(callsPerSecond: number): void;
  pace(): { readonly callsPerSecond: number; readonly throttledUntil: Date | null };
  /** Milliseconds until anything may be sent again; 0 when nothing stands in the way. */
  pausedMs(): number;
};

/**
 * A token bucket that holds one second of budget. Sweeps take from a full bucket only, so they are evenly spaced; urgent calls may empty it
 * and overtake sweeps, but not one that has waited for two seconds.
 */
export function createCallQueue({
  callsPerSecond,
  concurrency = 4,
  now = () => performance.now(),
  wallClock,
}: {
  readonly callsPerSecond: number;
  readonly concurrency?: number;
  readonly now?: () => number;
  readonly wallClock: { now(): Date };
}): CallQueue {
  const urgent: Waiting[] = [];
  const sweeps: Waiting[] = [];
  let configured = callsPerSecond;
  let halvedUntil = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let inFlight = 0;
  let timer: NodeJS.Timeout | undefined;
  let tokens = Math.max(1, callsPerSecond);
  let refilledAt = now();

  const rate = (at: number): number => (at < halvedUntil ? configured / 2 : configured);
  const capacity = (at: number): number => Math.max(1, rate(at));

  function refill(at: number): void {
    tokens = Math.min(capacity(at), tokens + ((at - refilledAt) / 1000) * rate(at));
    refilledAt = at;
  }

  function next(at: number): { readonly queue: Waiting[]; readonly needs: number } | null {
    const sweep = sweeps[0];
    const isPatienceOver = sweep !== undefined && at - sweep.since >= PATIENCE_MS;
    if (urgent.length > 0 && !isPatienceOver) return { queue: urgent, needs: 1 };
    if (sweep === undefined) return null;
    return { queue: sweeps, needs: urgent.length > 0 ? 1 : capacity(at) };
  }

  function pump(): void {
    clearTimeout(timer);
    timer = undefined;
    while (inFlight < concurrency) {
      const at = now();
      refill(at);
      const head = next(at);
      if (head === null) return;
      const waitMs = Math.max(pausedUntil - at, ((head.needs - tokens) / rate(at)) * 1000);
      // A rest smaller than a timer's grain would spin.
      if (waitMs > 0.5) {
        timer = setTimeout(pump, Math.ceil(waitMs));
        return;
      }
      tokens -= 1;
      inFlight += 1;
      head.queue.shift()?.grant();
    }
  }

  function giveBack(): () => void {
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      inFlight -= 1;
      pump();
    };
  }

  function take({ urgent: isUrgent, signal }: Turn): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const queue = isUrgent ? urgent : sweeps;
      const waiting: Waiting = {
        urgent: isUrgent,
        since: now(),
        grant: () => {
          signal.removeEventListener("abort", leave);
          resolve(giveBack());
        },
      };
      function leave(): void {
        const place = queue.indexOf(waiting);
        if (place >= 0) queue.splice(place, 1);
        reject(toError(signal.reason));
        pump();
      }
      if (signal.aborted) return reject(toError(signal.reason));
      signal.addEventListener("abort", leave, { once: true });
      queue.push(waiting);
      pump();
    });
  }

  return {
    take,
    throttled(retryAfterMs) {
      const at = now();
      refill(at);
      halvedUntil = at + HALVED_MS;
      pausedUntil = Math.max(pausedUntil, at + retryAfterMs);
      tokens = Math.min(tokens, 1);
      pump();
    },
    setRate(next) {
      if (next === configured) return;
      refill(now());
      configured = next;
      pump();
    },
    pace() {
      const at = now();
      const until = Math.max(halvedUntil, pausedUntil);
      const throttledUntil = until > at ? new Date(wallClock.now().getTime() + (until - at)) : null;
      return { callsPerSecond: rate(at), throttledUntil };
    },
    pausedMs: () => Math.max(0, pausedUntil - now()),
  };
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("given up", { cause: reason });
}
