/** After failures in a row nobody is asked for a while; then one trial decides. Times come from `now`, in milliseconds. */
export type CircuitBreaker<Reason extends string> = {
  /** The reason of the last failure while the circuit is open; null lets the call through, which must then report one outcome. */
  refusal(): Reason | null;
  succeeded(): void;
  failed(reason: Reason): void;
  /** The caller gave up before anything was known. */
  undecided(): void;
};

const FAILURES = 2;
const FIRST_PAUSE_MS = 4_000;
const LONGEST_PAUSE_MS = 16_000;

export function createCircuitBreaker<Reason extends string>(now: () => number): CircuitBreaker<Reason> {
  let failures = 0;
  let openUntil = 0;
  let reason: Reason | null = null;
  let isTrying = false;

  return {
    refusal() {
      if (failures < FAILURES) return null;
      if (isTrying || now() < openUntil) return reason;
      isTrying = true;
      return null;
    },
    succeeded() {
      failures = 0;
      isTrying = false;
      reason = null;
    },
    failed(why) {
      // Calls that were under way together are one failure.
      if (failures >= FAILURES && !isTrying && now() < openUntil) return;
      failures += 1;
      isTrying = false;
      reason = why;
      openUntil = now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - FAILURES));
    },
    undecided() {
      isTrying = false;
    },
  };
}
