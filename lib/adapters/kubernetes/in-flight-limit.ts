/** At most `limit` pieces of work at once; the others wait in order. */
export type InFlightLimit = {
  readonly count: () => number;
  /** Rejects with the signal's reason when it fires before there is room. */
  enter(signal: AbortSignal): Promise<() => void>;
};

export function createInFlightLimit(limit: number): InFlightLimit {
  const waiting: ((value: unknown) => void)[] = [];
  let count = 0;

  const leaveOnce = () => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = waiting.shift();
      // The place passes on without becoming free in between.
      if (next) next(null);
      else count -= 1;
    };
  };

  return {
    count: () => count,
    async enter(signal) {
      signal.throwIfAborted();
      if (count < limit) {
        count += 1;
        return leaveOnce();
      }
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const give = () => {
        const at = waiting.indexOf(resolve);
        if (at === -1) return;
        waiting.splice(at, 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
      };
      waiting.push(resolve);
      signal.addEventListener("abort", give, { once: true });
      try {
        await promise;
      } finally {
        signal.removeEventListener("abort", give);
      }
      return leaveOnce();
    },
  };
}
