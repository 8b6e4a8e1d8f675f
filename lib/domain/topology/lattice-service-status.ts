import type { Glyph } from "../clusters/cluster-view.ts";
import { type Message, message } from "../message.ts";
import { countTargets, groupState, type ObservedGroup } from "../routes/group-state.ts";
import type { LatticeListener, LatticeService, LatticeServiceAssociation, LatticeServiceDetail, Seen } from "../routes/lattice-facts.ts";
import { isFailedStatus } from "../routes/route-facts.ts";
import { LATTICE_OLD_MS, TARGETS_OLD_MS } from "../routes/route-limits.ts";

/** A Lattice service that no route of ours names, as one account's Lattice says it. What was never read is null. */
export type LatticeServiceFacts = {
  /** The account in whose Lattice it was seen; it may be another's, shared by RAM. */
  readonly account: string;
  readonly service: Seen<LatticeService>;
  readonly detail: Seen<LatticeServiceDetail> | null;
  readonly tags: Seen<Readonly<Record<string, string>>> | null;
  readonly associations: Seen<readonly LatticeServiceAssociation[]> | null;
  readonly listeners: Seen<readonly LatticeListener[]> | null;
  /** Groups that its rules name, or that name it. */
  readonly groups: readonly ObservedGroup[];
  readonly isShared: boolean;
};

export type LatticeServiceStatus = {
  readonly glyph: Glyph;
  readonly sentence: Message;
  readonly at: Date;
  readonly due: Date | null;
  /** Null while none was read. */
  readonly targets: { readonly healthy: number; readonly total: number } | null;
};

/** Health of a service from Lattice alone, in the order of lattice.md §3.9 without what only Kubernetes knows. */
export function latticeServiceStatus(facts: LatticeServiceFacts, now: Date): LatticeServiceStatus {
  const { service, associations, groups } = facts;
  const read = groups.filter(({ targets }) => targets !== null);
  const times = [service.at, ...(associations === null ? [] : [associations.at])];
  const at = earliest([...times, ...read.flatMap(({ targets }) => targets?.at ?? [])]);
  const until = Math.min(
    ...times.map((time) => time.getTime() + LATTICE_OLD_MS),
    ...read.flatMap(({ targets }) => (targets === null ? [] : [targets.at.getTime() + TARGETS_OLD_MS])),
  );
  const counts = read.map(({ targets }) => countTargets(targets?.value ?? []));
  const targets =
    read.length === 0 ? null : { healthy: sum(counts.map(({ healthy }) => healthy)), total: sum(counts.map(({ total }) => total)) };
  const isFresh = now.getTime() < until;
  const { glyph, key } = isFresh ? verdictOf(facts) : { glyph: "unknown" as const, key: "old" };
  return {
    glyph,
    sentence: message(`topology.service.${key}`, {
      status: service.value.status,
      healthy: targets?.healthy ?? 0,
      total: targets?.total ?? 0,
    }),
    at,
    due: isFresh ? new Date(until) : null,
    targets,
  };
}

function verdictOf({ service, associations, listeners, groups, isShared }: LatticeServiceFacts): {
  readonly glyph: Glyph;
  readonly key: string;
} {
  const { status } = service.value;
  if (isFailedStatus(status)) return { glyph: "failed", key: "failed" };
  if (/DELETE/.test(status)) return { glyph: "deleting", key: "deleting" };
  if (status !== "ACTIVE") return { glyph: "progressing", key: "inProgress" };
  if (associations !== null && !associations.value.some((one) => one.status === "ACTIVE")) return { glyph: "attention", key: "unattached" };
  // Listeners, rules and targets can be read in the owner's account only (lattice.md §2.4).
  if (isShared) return { glyph: "unknown", key: "shared" };
  if (listeners !== null && listeners.value.length === 0) return { glyph: "attention", key: "noListener" };
  if (listeners === null || groups.some(({ targets, group }) => targets === null && group.value.serviceArns.length > 0))
    return { glyph: "unknown", key: "unread" };
  const states = groups.map(groupState);
  if (states.length === 0) return { glyph: "attention", key: "noGroup" };
  if (states.every((state) => state === "down" || state === "empty" || state === "unused" || state === "missing"))
    return { glyph: "failed", key: "down" };
  if (states.every((state) => state === "unchecked")) return { glyph: "unknown", key: "unchecked" };
  if (states.some((state) => state !== "ok" && state !== "unchecked")) return { glyph: "attention", key: "degraded" };
  return { glyph: "ok", key: "ok" };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function earliest(times: readonly Date[]): Date {
  return new Date(Math.min(...times.map((time) => time.getTime())));
}
