import { isNotFoundAnswer } from "../aws-call-error.ts";
import type { ControllerWorld } from "../controller-world.ts";
import { RequeueAfter, step } from "../reconcile-errors.ts";
import { deregisterTargets, listTargets } from "./register-targets.ts";
import { type TargetGroupModel, targetGroupName } from "./target-group-model.ts";
import { findTargetGroup } from "./upsert-target-group.ts";

/** Deletes the group of this model. Traffic stops first: its targets are taken out even when the group cannot go (lattice.md §1.7, §10.2). */
export async function deleteTargetGroup(world: ControllerWorld, model: TargetGroupModel): Promise<void> {
  await step(`failed TargetGroupManager.Delete ${targetGroupName(model.of)} due to`, async () => {
    const group = await findTargetGroup(world, model);
    if (group?.id !== undefined) await deleteTargetGroupById(world, group.id);
  });
}

export async function deleteTargetGroupById(world: ControllerWorld, id: string): Promise<void> {
  try {
    const targets = await listTargets(world, id);
    const draining = targets.filter((one) => one.status === "DRAINING");
    if (draining.length > 0)
      throw new RequeueAfter(`LATTICE_RETRY: cannot deregister targets for ${id} as ${draining.length} targets are DRAINING`);
    await deregisterTargets(world, id, targets);
    await step(`failed DeleteTargetGroup ${id} due to`, () =>
      world.aws.lattice("DeleteTargetGroup", (api, options) => api.deleteTargetGroup({ targetGroupIdentifier: id }, options)),
    );
  } catch (error) {
    if (!isNotFoundAnswer(error)) throw error;
  }
}
