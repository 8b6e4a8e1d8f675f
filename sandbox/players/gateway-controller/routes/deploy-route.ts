import type { ControllerWorld } from "../controller-world.ts";
import { step } from "../reconcile-errors.ts";
import { deleteTargetGroup } from "../target-groups/delete-target-group.ts";
import { listTargets, registerTargets } from "../target-groups/register-targets.ts";
import type { TargetGroupModel } from "../target-groups/target-group-model.ts";
import { upsertTargetGroup } from "../target-groups/upsert-target-group.ts";
import { deleteService } from "./delete-service.ts";
import type { RouteModel } from "./route-model.ts";
import { groupKey } from "./rule-action.ts";
import { synthesizeListeners } from "./synthesize-listeners.ts";
import { synthesizeRules } from "./synthesize-rules.ts";
import { type DeployedService, synthesizeService } from "./synthesize-service.ts";

/** Target groups, targets, service with associations, listeners, rules: in this order, so a late failure leaves a live service that answers 404. */
export async function deployRoute(world: ControllerWorld, model: RouteModel): Promise<DeployedService> {
  const groups = ownGroups(model);
  const own = new Map<string, string>();
  await step("error during tg synthesis", async () => {
    for (const group of groups) own.set(groupKey(group.of), await upsertTargetGroup(world, group));
  });
  await step("error during target synthesis", async () => {
    for (const group of groups) await registerTargets(world, own.get(groupKey(group.of)) ?? "", group.targets);
  });
  const service = await step("error during service synthesis", () => synthesizeService(world, model));
  const listeners = await step("error during listener synthesis", () => synthesizeListeners(world, model, { serviceId: service.id, own }));
  if (model.route.type !== "tls")
    await step("error during rule synthesis", async () => {
      for (const id of listeners)
        await synthesizeRules(world, model, { ref: { serviceIdentifier: service.id, listenerIdentifier: id }, own });
    });
  for (const id of own.values()) await listTargets(world, id);
  return service;
}

/** The service first, then the groups the route made itself. */
export async function removeRoute(world: ControllerWorld, model: RouteModel): Promise<void> {
  await step("error during service synthesis", () => deleteService(world, model));
  await step("error during tg delete synthesis", async () => {
    for (const group of ownGroups(model)) await deleteTargetGroup(world, group);
  });
}

function ownGroups(model: RouteModel): TargetGroupModel[] {
  const groups = model.rules.flatMap((rule) => rule.backends).flatMap((one) => (one.kind === "group" ? [one.group] : []));
  return [...new Map(groups.map((one) => [groupKey(one.of), one])).values()];
}
