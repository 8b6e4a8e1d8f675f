import type { TargetGroupSummary } from "@aws-sdk/client-vpc-lattice";
import { annotations, tagKeys } from "../controller-keys.ts";
import { annotation, type ControllerWorld } from "../controller-world.ts";
import { Route, ServiceExport } from "../network-objects.ts";
import { networkResources, type RouteKind, routeKinds } from "../network-resources.ts";
import { messageOf } from "../reconcile-errors.ts";
import { backendModel } from "../routes/backends.ts";
import { routeParents } from "../routes/route-parents.ts";
import { listTargetGroups } from "../routes/rule-action.ts";
import type { Tags } from "../tag-reader.ts";
import { buildExportGroup } from "./build-export-groups.ts";
import { deleteTargetGroupById } from "./delete-target-group.ts";
import type { TargetGroupModel } from "./target-group-model.ts";

/** Deletes groups of this controller that nobody uses and no object asks for any more. Failures are only logged. */
export async function collectTargetGroups(world: ControllerWorld): Promise<void> {
  const groups = await listTargetGroups(world);
  if (groups.length === 0) return;
  const tags = await world.tags.ofResources(groups.map((one) => one.arn ?? ""));
  for (const group of groups) {
    const own = tags.get(group.arn ?? "") ?? {};
    if (own[tagKeys.managedBy] !== world.managedBy || (group.serviceArns ?? []).length > 0 || group.status !== "ACTIVE") continue;
    if (isWanted(world, group, own)) continue;
    await deleteTargetGroupById(world, group.id ?? "").catch((error: unknown) =>
      world.say(`gateway controller ${world.identity.clusterName}: collector: ${messageOf(error)}`),
    );
  }
}

function isWanted(world: ControllerWorld, group: TargetGroupSummary, tags: Tags): boolean {
  try {
    const models = tags[tagKeys.sourceType] === "ServiceExport" ? exportModels(world, tags) : routeModels(world, tags);
    return models.some((model) => isOfModel(model, group, tags));
  } catch {
    // A Service that is missing for a moment is no reason to drop the group.
    return true;
  }
}

/** Only an export's first port is built again, so a group of another port is taken for an orphan (lattice.md §1.7). */
function exportModels(world: ControllerWorld, tags: Tags): TargetGroupModel[] {
  const found = world.cache.serviceExport.find({ namespace: tags[tagKeys.serviceNamespace], name: tags[tagKeys.serviceName] ?? "" });
  if (!found || found.metadata.deletionTimestamp !== undefined) return [];
  if (annotation(found, annotations.federation) !== "amazon-vpc-lattice") return [];
  return [buildExportGroup(world, ServiceExport.parse(found))];
}

function routeModels(world: ControllerWorld, tags: Tags): TargetGroupModel[] {
  const kind = routeKinds.find((one) => networkResources[one].kind === tags[tagKeys.sourceType]);
  const found = kind && world.cache[kind].find({ namespace: tags[tagKeys.routeNamespace], name: tags[tagKeys.routeName] ?? "" });
  if (!kind || !found) return [];
  const route = Route.parse(found);
  if (route.metadata.deletionTimestamp !== undefined || isConflicted(route) || routeParents(world, kind, route).length === 0) return [];
  return backendGroups(world, kind, route);
}

function backendGroups(world: ControllerWorld, kind: RouteKind, route: Route): TargetGroupModel[] {
  return (route.spec.rules ?? [])
    .flatMap((rule) => rule.backendRefs ?? [])
    .map((ref) => backendModel(world, { kind, route }, ref))
    .flatMap((one) => (one.kind === "group" ? [one.group] : []));
}

/** Groups of a route that was refused for its service's name are removed again (lattice.md §10.1.9). */
function isConflicted(route: Route): boolean {
  const conditions = (route.status?.parents ?? []).flatMap((one) => one.conditions ?? []);
  return conditions.some((one) => one.type === "Accepted" && one.reason === "Conflicted");
}

function isOfModel(model: TargetGroupModel, group: TargetGroupSummary, tags: Tags): boolean {
  return (
    model.of.namespace === tags[tagKeys.serviceNamespace] &&
    model.of.name === tags[tagKeys.serviceName] &&
    model.protocol === group.protocol &&
    (model.protocolVersion ?? undefined) === tags[tagKeys.protocolVersion]
  );
}
