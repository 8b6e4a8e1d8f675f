import type { ObservedRoute } from "./observed-route.ts";
import { usedBackends } from "./route-facts.ts";
import { LATTICE_OLD_MS, TARGETS_OLD_MS } from "./route-limits.ts";

/** Why Lattice's side proves nothing now; `fresh` when it does. */
export type LatticeEvidence = {
  readonly state: "fresh" | "never" | "old" | "denied" | "throttled";
  /** The oldest fact used, also when it is too old; null while a needed one was never read. */
  readonly at: Date | null;
  /** When the first of the facts used turns too old; null when it is so already. */
  readonly goodUntil: Date | null;
};

type Used = { readonly at: Date | null; readonly maxAgeMs: number };

/**
 * How old the facts are that the state rests on: the service (or the list that lacks it), its associations, the targets of every used group. Rules come
 * from a slower pass, and their proof says its own age (lattice.md §3.9, hot and cold pass).
 */
export function latticeEvidence(observed: ObservedRoute, now: Date): LatticeEvidence {
  const { lattice } = observed;
  if (lattice === null) return { state: "never", at: null, goodUntil: null };
  const used = usedFacts(observed, lattice);
  const times = used.map(({ at }) => at?.getTime() ?? null);
  const at = times.some((time) => time === null) ? null : new Date(Math.min(...times.map(Number)));
  const goodUntil = Math.min(...used.map((fact) => (fact.at === null ? 0 : fact.at.getTime() + fact.maxAgeMs)));
  if (at !== null && now.getTime() < goodUntil) return { state: "fresh", at, goodUntil: new Date(goodUntil) };
  return { state: whyOld(lattice.health.error, lattice.health.throttledUntil, at), at, goodUntil: null };
}

function usedFacts(observed: ObservedRoute, lattice: NonNullable<ObservedRoute["lattice"]>): readonly Used[] {
  const { service, servicesAt, associations } = lattice;
  const serviceAt = [service?.at, servicesAt].flatMap((at) => at ?? []).sort((one, other) => other.getTime() - one.getTime())[0];
  const facts: Used[] = [{ at: serviceAt ?? null, maxAgeMs: LATTICE_OLD_MS }];
  if (service === null) return facts;
  facts.push({ at: associations?.at ?? null, maxAgeMs: LATTICE_OLD_MS });
  for (const { group, state } of usedBackends(observed)) {
    if (group === null || (group.targets === null && state === "unused")) continue;
    facts.push({ at: group.targets?.at ?? null, maxAgeMs: TARGETS_OLD_MS });
  }
  return facts;
}

function whyOld(error: string | null, throttledUntil: string | null, at: Date | null): LatticeEvidence["state"] {
  if (error?.includes("denied") === true) return "denied";
  if (throttledUntil !== null || error?.includes("throttled") === true) return "throttled";
  return at === null ? "never" : "old";
}
