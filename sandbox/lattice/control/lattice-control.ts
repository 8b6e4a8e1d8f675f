import { z } from "zod";
import { KnownCaller, KnownRole } from "../callers.ts";
import { CallToCarry, SecurityGroup, TargetBehaviour } from "../carry/carry-input.ts";
import { carryRequest } from "../carry/carry-request.ts";
import type { DataPlane } from "../carry/data-plane.ts";
import type { EmulatorWorld } from "../emulator-world.ts";
import { LatticeFault } from "../faults/fault-list.ts";
import { NamePattern } from "../faults/name-pattern.ts";
import { LatticeSettingsChange } from "../lattice-settings.ts";
import { ForcedStatus } from "../states/forced-statuses.ts";
import { TargetHealth } from "../states/target-healths.ts";
import { CertificateRecord } from "../store/records.ts";
import { Share } from "../store/shares.ts";
import { controlMethod } from "./control-method.ts";
import { describeRegion } from "./describe-region.ts";
import { GroupsToMake, makeServices, makeTargetGroups, ServicesToMake } from "./make-services.ts";

const nothing = z.strictObject({}).default({});
const place = { account: z.string().regex(/^\d{12}$/), region: z.string().min(1) };
const calls = z
  .strictObject({
    since: z.int().optional(),
    caller: NamePattern.optional(),
    operation: NamePattern.optional(),
    access: z.enum(["read", "write"]).optional(),
    limit: z.int().min(1).optional(),
  })
  .default({});
const healthMatch = TargetHealth.pick({ targetGroup: true, ip: true, port: true });
const networkFault = "network-loss";

/** The hand that reaches into the emulated AWS: for players, faults and tests. The same methods answer `POST /_sandbox/<method>`. */
export function createLatticeControl(world: EmulatorWorld, plane: DataPlane) {
  const { store, faults, log } = world;
  return {
    /** Every call as it was answered, oldest first; `last` is where to go on from. */
    calls: controlMethod(calls, (query) => ({ calls: log.query(query), last: log.lastSeq() })),
    /** Everything an account has in a Region, with the statuses of this moment. */
    describe: controlMethod(z.strictObject(place), (where) => describeRegion(world, store.region(where))),
    faults: controlMethod(nothing, () => faults.list()),
    /** Answers the fault's id. */
    putFault: controlMethod(LatticeFault, (fault) => faults.put(fault)),
    removeFault: controlMethod(z.strictObject({ id: z.string() }), ({ id }) => faults.remove(id)),
    clearFaults: controlMethod(nothing, () => faults.clear()),
    /** From now on nobody, or these callers, gets an answer. Stands at the end of the fault list. */
    loseNetwork: controlMethod(
      z.strictObject({ caller: NamePattern.default("*"), how: z.enum(["reset", "silent"]).default("reset") }).prefault({}),
      ({ caller, how }) => faults.put(LatticeFault.parse({ id: networkFault, caller, network: how })),
    ),
    restoreNetwork: controlMethod(nothing, () => faults.remove(networkFault)),
    healths: controlMethod(nothing, () => store.healths.list()),
    setHealth: controlMethod(TargetHealth, (health) => kept(store.healths.set(health))),
    /** Without input: every target is healthy again. */
    clearHealth: controlMethod(healthMatch.optional(), (match) => kept(store.healths.clear(match))),
    /** What is shared through RAM, and with whom; a pending share shows nothing to the other account. */
    shares: controlMethod(nothing, () => store.shares.list()),
    putShare: controlMethod(Share, (share) => kept(store.shares.put(share))),
    removeShare: controlMethod(Share.pick({ arn: true, account: true }), (share) => kept(store.shares.remove(share))),
    forced: controlMethod(nothing, () => store.forced.list()),
    forceStatus: controlMethod(ForcedStatus, (forced) => kept(store.forced.force(forced))),
    freeStatus: controlMethod(
      z.strictObject({ kind: z.enum(["service", "target-group", "service-association", "vpc-association"]), match: z.string().optional() }),
      ({ kind, match }) => kept(store.forced.free(kind, match)),
    ),
    settings: controlMethod(nothing, () => world.settings()),
    changeSettings: controlMethod(LatticeSettingsChange, (change) => world.changeSettings(change)),
    /** The whole of an account's certificates in a Region. */
    setCertificates: controlMethod(z.strictObject({ ...place, certificates: z.array(CertificateRecord) }), ({ certificates, ...where }) => {
      store.region(where).certificates = certificates;
      kept();
    }),
    /** Another access key, at once known. Not kept over a restart: callers and roles are given at the start. */
    putCaller: controlMethod(KnownCaller, (caller) => void world.callers.set(caller.accessKeyId, caller)),
    /** Another role, or another external id or access of a known one. */
    putRole: controlMethod(KnownRole, (role) => {
      const at = world.roles.findIndex(({ arn }) => arn === role.arn);
      world.roles.splice(at < 0 ? world.roles.length : at, at < 0 ? 0 : 1, role);
    }),
    makeTargetGroups: controlMethod(GroupsToMake, (groups) => makeTargetGroups(world, groups)),
    makeServices: controlMethod(ServicesToMake, (services) => makeServices(world, services)),
    /** Takes one request from a VPC to a target and says how far it came. */
    carry: controlMethod(CallToCarry, (call) => carryRequest(plane, call)),
    /** Whom a security group of VPC associations lets in. Not kept over a restart, like the next. */
    putSecurityGroup: controlMethod(SecurityGroup, (group) => plane.putSecurityGroup(group)),
    /** How the programs behind targets answer, whatever their health checks say. */
    setTargetBehaviour: controlMethod(TargetBehaviour, (behaviour) => plane.setBehaviour(behaviour)),
    /** Writes the file now. */
    flush: controlMethod(nothing, () => store.flush()),
    /** An empty AWS: no resources, no faults, nothing forced; settings, callers and roles stay. */
    reset: controlMethod(nothing, () => {
      faults.clear();
      log.clear();
      plane.reset();
      store.reset();
    }),
  };

  function kept(_done?: unknown): void {
    store.changed();
  }
}
export type LatticeControl = ReturnType<typeof createLatticeControl>;
