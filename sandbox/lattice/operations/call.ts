import type { Caller, KnownRole } from "../callers.ts";
import { quotaExceeded, type ResourceKind } from "../lattice-error.ts";
import type { DelayName, LatticeSettings, QuotaName } from "../lattice-settings.ts";
import type { ForcedStatuses } from "../states/forced-statuses.ts";
import type { TargetHealths } from "../states/target-healths.ts";
import type { RegionStore } from "../store/region-store.ts";
import type { RoleSessions } from "../store/role-sessions.ts";
import type { Shares } from "../store/shares.ts";

/** One call on its way: who asks, when, and which account and Region it is about. */
export type Call = {
  readonly now: number;
  readonly caller: Caller;
  readonly store: RegionStore;
  /** All accounts in this Region, the caller's included. */
  readonly regions: () => Iterable<RegionStore>;
  readonly shares: Shares;
  readonly settings: LatticeSettings;
  readonly speed: number;
  readonly forced: ForcedStatuses;
  readonly healths: TargetHealths;
  readonly roles: readonly KnownRole[];
  readonly sessions: RoleSessions;
};

/** How long something takes in this sandbox. */
export function delayOf(call: Call, name: DelayName): number {
  return call.settings.delaysMs[name] / call.speed;
}

/** Refuses when `used` of a quota is all of it. */
export function checkQuota(
  call: Call,
  name: QuotaName,
  used: number,
  refusal: { message: string; code: string; kind: ResourceKind },
): void {
  if (used >= call.settings.quotas[name]) throw quotaExceeded(refusal.message, refusal.code, refusal.kind);
}

/** The instants of a new record and its place in every list. */
export function newEntity(call: Call): { seq: number; createdAt: number; updatedAt: number } {
  return { seq: call.store.nextSeq++, createdAt: call.now, updatedAt: call.now };
}

export function newLifecycle(call: Call, delay: DelayName): { readyAt: number; updating: boolean; goneAt: null } {
  return { readyAt: call.now + delayOf(call, delay), updating: false, goneAt: null };
}
