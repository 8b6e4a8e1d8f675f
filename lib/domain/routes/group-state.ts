import type { Glyph } from "../clusters/cluster-view.ts";
import type { LatticeTarget } from "./lattice-facts.ts";
import type { ObservedLattice } from "./observed-route.ts";
import type { GroupState } from "./route-view.ts";

/** One target group of a route as Lattice last said it. */
export type ObservedGroup = ObservedLattice["groups"][number];

export type TargetCounts = {
  readonly healthy: number;
  readonly unhealthy: number;
  readonly initial: number;
  readonly unused: number;
  readonly unavailable: number;
  readonly other: number;
  /** All that are not draining. */
  readonly total: number;
};

const COUNTED = { HEALTHY: "healthy", UNHEALTHY: "unhealthy", INITIAL: "initial", UNUSED: "unused", UNAVAILABLE: "unavailable" } as const;

/** Targets by status, without those that are draining (lattice.md §3.4). A status nobody knows yet counts as `other`. */
export function countTargets(targets: readonly LatticeTarget[]): TargetCounts {
  const counts = { healthy: 0, unhealthy: 0, initial: 0, unused: 0, unavailable: 0, other: 0, total: 0 };
  for (const { status } of targets) {
    if (status === "DRAINING") continue;
    counts.total += 1;
    counts[isCounted(status) ? COUNTED[status] : "other"] += 1;
  }
  return counts;
}

function isCounted(status: string): status is keyof typeof COUNTED {
  return Object.hasOwn(COUNTED, status);
}

/**
 * The state of a target group from its targets (lattice.md §3.9). `missing`: no such group; `unknown`: its targets were never read. `down` does not mean
 * that nothing arrives: when every target is unhealthy Lattice sends to all of them (§3.4, fail-open).
 */
export function groupState(group: ObservedGroup | null): GroupState {
  if (group === null) return "missing";
  // Targets of a group that no service uses are not asked for: they can only be unused.
  if (group.targets === null) return group.group.value.serviceArns.length === 0 ? "unused" : "unknown";
  const { healthy, unhealthy, initial, unused, unavailable, other, total } = countTargets(group.targets.value);
  if (total === 0) return "empty";
  if (unused === total) return "unused";
  if (healthy === 0 && other > 0) return "unknown";
  if (unavailable > 0 && healthy === 0 && unhealthy === 0) return "unchecked";
  if (healthy === 0) return initial > 0 ? "starting" : "down";
  return healthy === total ? "ok" : "degraded";
}

const GROUP_GLYPHS: Readonly<Record<GroupState, Glyph>> = {
  ok: "ok",
  degraded: "attention",
  down: "failed",
  starting: "progressing",
  unused: "waiting",
  unchecked: "unknown",
  empty: "attention",
  missing: "failed",
  unknown: "unknown",
};

export function groupGlyph(state: GroupState): Glyph {
  return GROUP_GLYPHS[state];
}
