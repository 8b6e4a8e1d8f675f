import { annotations, finalizers } from "../controller-keys.ts";
import { addFinalizer, annotation, type ControllerWorld, removeFinalizer } from "../controller-world.ts";
import { ServiceExport } from "../network-objects.ts";
import { networkResources } from "../network-resources.ts";
import { messageOf } from "../reconcile-errors.ts";
import { buildExportGroups } from "./build-export-groups.ts";
import { deleteTargetGroup } from "./delete-target-group.ts";
import { listTargets, registerTargets } from "./register-targets.ts";
import type { TargetGroupModel } from "./target-group-model.ts";
import { upsertTargetGroup } from "./upsert-target-group.ts";

const component = "serviceExport";

/** One look at a ServiceExport. Its status is never written and success has no Event; an export without the annotation is not seen at all. */
export async function reconcileServiceExport(world: ControllerWorld, ref: { namespace: string; name: string }): Promise<void> {
  const found = world.cache.serviceExport.find(ref);
  if (!found || annotation(found, annotations.federation) !== "amazon-vpc-lattice") return;
  const leaving = found.metadata.deletionTimestamp !== undefined;
  if (leaving && !(found.metadata.finalizers ?? []).includes(finalizers.serviceExport)) return;
  const object = ServiceExport.parse(leaving ? found : await addFinalizer(world, "serviceExport", found, finalizers.serviceExport));
  const groups = said(world, object, "FailedBuildModel", "Failed build model due to", () => buildExportGroups(world, object));
  try {
    await (leaving ? removeGroups(world, groups) : deployGroups(world, groups));
  } catch (error) {
    warn(world, object, "FailedDeployModel", `Failed deploy model due to ${messageOf(error)}`);
    throw error;
  }
  if (leaving) await removeFinalizer(world, "serviceExport", object, finalizers.serviceExport);
}

async function deployGroups(world: ControllerWorld, groups: readonly TargetGroupModel[]): Promise<void> {
  const ids: { id: string; group: TargetGroupModel }[] = [];
  for (const group of groups) ids.push({ id: await upsertTargetGroup(world, group), group });
  for (const { id, group } of ids) await registerTargets(world, id, group.targets);
  for (const { id } of ids) await listTargets(world, id);
}

async function removeGroups(world: ControllerWorld, groups: readonly TargetGroupModel[]): Promise<void> {
  for (const group of groups) await deleteTargetGroup(world, group);
}

function said<T>(world: ControllerWorld, object: ServiceExport, reason: string, words: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    warn(world, object, reason, `${words} ${messageOf(error)}`);
    throw error;
  }
}

function warn(world: ControllerWorld, object: ServiceExport, reason: string, message: string): void {
  world.event(component, networkResources.serviceExport, object, { type: "Warning", reason, message });
}
