import { z } from "zod";

const ms = z.int().min(0);
const count = z.int().min(1);

/** How long AWS takes, in real milliseconds: the speed of the sandbox divides them. Ours, AWS publishes none (lattice.md §10.4). */
const Delays = z.strictObject({
  serviceCreate: ms,
  serviceDelete: ms,
  serviceAssociationCreate: ms,
  serviceAssociationDelete: ms,
  vpcAssociationCreate: ms,
  vpcAssociationUpdate: ms,
  vpcAssociationDelete: ms,
  targetGroupCreate: ms,
  targetGroupDelete: ms,
  targetInitial: ms,
  targetDraining: ms,
});
export type DelayName = keyof z.infer<typeof Delays>;

const Quotas = z.strictObject({
  serviceNetworksPerRegion: count,
  servicesPerRegion: count,
  servicesPerNetwork: count,
  vpcAssociationsPerNetwork: count,
  listenersPerService: count,
  rulesPerListener: count,
  targetGroupsPerService: count,
  targetGroupsPerRegion: count,
  targetsPerTargetGroup: count,
});
export type QuotaName = keyof z.infer<typeof Quotas>;

/** Calls of one account and Region, all callers together; null: the emulator limits nothing of its own. */
const Rate = z.nullable(z.strictObject({ perSecond: z.number().positive(), burst: count, retryAfterSeconds: z.int().min(0) }));

export const LatticeSettings = z.strictObject({
  delaysMs: Delays,
  quotas: Quotas,
  rate: Rate,
  defaultPageSize: z.int().min(1).max(100),
  /** How long a clientToken is remembered. */
  idempotencyMs: ms,
  /** How many calls the log keeps. */
  callsKept: count,
});
export type LatticeSettings = z.infer<typeof LatticeSettings>;

/** Any part of the settings; what is left out stays. */
export const LatticeSettingsChange = LatticeSettings.partial().extend({
  delaysMs: Delays.partial().optional(),
  quotas: Quotas.partial().optional(),
});
export type LatticeSettingsChange = z.infer<typeof LatticeSettingsChange>;

const defaults: LatticeSettings = {
  delaysMs: {
    serviceCreate: 18_000,
    serviceDelete: 12_000,
    serviceAssociationCreate: 36_000,
    serviceAssociationDelete: 24_000,
    vpcAssociationCreate: 36_000,
    vpcAssociationUpdate: 24_000,
    vpcAssociationDelete: 24_000,
    targetGroupCreate: 12_000,
    targetGroupDelete: 6_000,
    targetInitial: 48_000,
    targetDraining: 60_000,
  },
  // The defaults of lattice.md §3.7.
  quotas: {
    serviceNetworksPerRegion: 50,
    servicesPerRegion: 2_000,
    servicesPerNetwork: 500,
    vpcAssociationsPerNetwork: 500,
    listenersPerService: 2,
    rulesPerListener: 10,
    targetGroupsPerService: 10,
    targetGroupsPerRegion: 500,
    targetsPerTargetGroup: 1_000,
  },
  rate: null,
  defaultPageSize: 100,
  idempotencyMs: 600_000,
  callsKept: 20_000,
};

export function latticeSettings(change: LatticeSettingsChange = {}, before: LatticeSettings = defaults): LatticeSettings {
  return LatticeSettings.parse({
    ...before,
    ...withoutUndefined(change),
    delaysMs: { ...before.delaysMs, ...withoutUndefined(change.delaysMs ?? {}) },
    quotas: { ...before.quotas, ...withoutUndefined(change.quotas ?? {}) },
  });
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
