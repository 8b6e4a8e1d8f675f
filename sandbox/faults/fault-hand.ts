import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ObjectRef } from "../kube/kube-object.ts";
import type { LatticeFault } from "../lattice/faults/fault-list.ts";
import { ForcedStatus } from "../lattice/states/forced-statuses.ts";
import { TargetHealth } from "../lattice/states/target-healths.ts";
import type { FaultScene } from "./fault-scene.ts";

/** What a fault has done, kept in a file: so much can be undone after a restart too. */
export const FaultEffects = z.strictObject({
  faults: z.array(z.string()),
  healths: z.array(TargetHealth),
  forced: z.array(ForcedStatus),
  kept: z.record(z.string(), z.unknown()),
});
export type FaultEffects = z.infer<typeof FaultEffects>;
export const noEffects: FaultEffects = { faults: [], healths: [], forced: [], kept: {} };

/**
 * One fault at work. `hold` is called again and again while it is set and says everything that is to be wrong at this moment; what it no
 * longer says is undone. `lift` undoes what is more than that.
 */
export type FaultPlay = {
  hold: (hand: FaultHand) => Promise<void>;
  lift?: (hand: FaultHand) => Promise<void>;
};
export type FaultHand = {
  scene: FaultScene;
  target: ObjectRef & { namespace: string };
  /** `<namespace>/<name>` of the target. */
  key: string;
  putFault: (part: string, fault: Omit<LatticeFault, "id">) => void;
  setHealth: (health: z.input<typeof TargetHealth>) => void;
  force: (forced: z.input<typeof ForcedStatus>) => void;
  /** What `lift` needs to know, kept between looks and restarts. */
  kept: Record<string, unknown>;
};

export function faultHand(scene: FaultScene, id: string, key: string, before: FaultEffects) {
  const effects: FaultEffects = { ...structuredClone(noEffects), kept: { ...before.kept } };
  const [namespace = "", name = ""] = key.split("/");
  const { control } = scene;
  const hand: FaultHand = {
    scene,
    target: { namespace, name },
    key,
    kept: effects.kept,
    putFault: (part, fault) => {
      const faultId = `${id} ${part}`;
      effects.faults.push(faultId);
      control.putFault({ ...fault, id: faultId });
    },
    setHealth: (health) => {
      effects.healths.push(TargetHealth.parse(health));
      control.setHealth(health);
    },
    force: (forced) => {
      effects.forced.push(ForcedStatus.parse(forced));
      control.forceStatus(forced);
    },
  };
  return { hand, effects: () => effects };
}

/** Takes back what was said before and is not said now. */
export function undo({ control }: FaultScene, before: FaultEffects, after: FaultEffects): void {
  for (const id of before.faults) if (!after.faults.includes(id)) control.removeFault({ id });
  for (const { status: _status, reasonCode: _reason, ...match } of before.healths)
    if (!after.healths.some((one) => one.targetGroup === match.targetGroup && one.ip === match.ip && one.port === match.port))
      control.clearHealth(match);
  for (const { kind, match } of before.forced)
    if (!after.forced.some((one) => one.kind === kind && one.match === match)) control.freeStatus({ kind, match });
}

export function isSameEffects(a: FaultEffects, b: FaultEffects): boolean {
  return isDeepStrictEqual(a, b);
}
