import { isPortalError } from "../../domain/portal-error.ts";
import type { LatticeRead } from "../../domain/routes/poll-plan.ts";

const DENIED_MS = 60_000;
const AGAIN_MS = 15_000;
const LONGEST_MS = 60_000;

/**
 * What goes wrong while reading one account. A refusal of one operation stops that kind of read for a minute; an outage or a throttle stops
 * all but one probe at a time, ever longer.
 */
export type LatticeTroubles = {
  failed(read: LatticeRead, key: string, error: unknown, now: Date): void;
  succeeded(read: LatticeRead): void;
  /** May this be asked now? */
  allows(read: LatticeRead, key: string, now: Date): boolean;
  /** An outage is not over before a probe got through. */
  isProbing(): boolean;
  /** The key of what is wrong, for the page; null when nothing is. */
  error(): string | null;
};

export function createLatticeTroubles(): LatticeTroubles {
  const againAt = new Map<string, number>();
  const refused = new Map<LatticeRead["type"], { readonly key: string; readonly until: number }>();
  let outage: { readonly key: string; readonly failures: number; readonly until: number } | null = null;

  return {
    failed(read, key, error, now) {
      const at = now.getTime();
      const known = isPortalError(error) ? error : null;
      againAt.set(key, at + AGAIN_MS);
      if (known === null || known.code === "INTERNAL" || known.key === "lattice.invalid") {
        refused.set(read.type, { key: known?.key ?? "lattice.unexpected", until: at + DENIED_MS });
        return;
      }
      if (known.key === "lattice.denied" && known.values.operation !== "AssumeRole") {
        refused.set(read.type, { key: known.key, until: at + DENIED_MS });
        return;
      }
      const failures = (outage?.failures ?? 0) + 1;
      const seconds = typeof known.values.seconds === "number" ? known.values.seconds : 0;
      const waitMs = Math.max(seconds * 1000, Math.min(LONGEST_MS, 1_000 * 2 ** Math.min(failures, 6)));
      outage = { key: known.key, failures, until: at + waitMs };
    },
    succeeded(read) {
      outage = null;
      refused.delete(read.type);
    },
    allows(read, key, now) {
      const at = now.getTime();
      if ((againAt.get(key) ?? 0) > at) return false;
      againAt.delete(key);
      if ((refused.get(read.type)?.until ?? 0) > at) return false;
      return outage === null || outage.until <= at;
    },
    isProbing: () => outage !== null,
    error: () => outage?.key ?? [...refused.values()][0]?.key ?? null,
  };
}
