import type { RuleAction, TargetGroupSummary, WeightedTargetGroup } from "@aws-sdk/client-vpc-lattice";
import { allPages } from "../aws-calls.ts";
import { tagKeys } from "../controller-keys.ts";
import type { ControllerWorld } from "../controller-world.ts";
import type { BackendModel, ImportFilter } from "./route-model.ts";

/** Ids of the groups the route made itself, by `groupKey`. */
export type OwnGroups = ReadonlyMap<string, string>;
/** One route has one group for each Service, whatever port its rules name. */
export const groupKey = (of: { namespace: string; name: string }) => `${of.namespace}/${of.name}`;

/** Where a rule sends calls: its groups with their weights as written, 500 when none of its backends exists, 404 when it names none. */
export async function ruleAction(world: ControllerWorld, own: OwnGroups, backends: readonly BackendModel[]): Promise<RuleAction> {
  if (backends.length === 0) return { fixedResponse: { statusCode: 404 } };
  const targetGroups: WeightedTargetGroup[] = [];
  for (const backend of backends) {
    const id = await groupIdOf(world, own, backend);
    if (id !== null && backend.kind !== "invalid") targetGroups.push({ targetGroupIdentifier: id, weight: backend.weight });
  }
  return targetGroups.length > 0 ? { forward: { targetGroups } } : { fixedResponse: { statusCode: 500 } };
}

async function groupIdOf(world: ControllerWorld, own: OwnGroups, backend: BackendModel): Promise<string | null> {
  if (backend.kind === "invalid") return null;
  if (backend.kind === "arn") return backend.arn.split("/").at(-1) ?? null;
  if (backend.kind === "import") return resolveImport(world, backend.filter);
  return own.get(groupKey(backend.group.of)) ?? null;
}

/**
 * The first group in list order whose tags name the export; port, protocol and route type are not compared, so after a protocol change the old
 * group may stay chosen (lattice.md §1.7, §10.1.8).
 */
async function resolveImport(world: ControllerWorld, filter: ImportFilter): Promise<string> {
  const groups = await listTargetGroups(world);
  const candidates = groups.filter((one) => one.arn !== undefined && (filter.vpcId === null || one.vpcIdentifier === filter.vpcId));
  const tags = await world.tags.ofResources(candidates.map((one) => one.arn ?? ""));
  const found = candidates.find((one) => {
    const own = tags.get(one.arn ?? "") ?? {};
    return (
      own[tagKeys.serviceName] === filter.exportName &&
      own[tagKeys.serviceNamespace] === filter.namespace &&
      own[tagKeys.sourceType] === "ServiceExport" &&
      (filter.clusterName === null || own[tagKeys.clusterName] === filter.clusterName)
    );
  });
  if (found?.id === undefined) throw new Error("target group for service import could not be found");
  return found.id;
}

export async function listTargetGroups(world: ControllerWorld): Promise<TargetGroupSummary[]> {
  return allPages(async (nextToken) => {
    const answer = await world.aws.lattice("ListTargetGroups", (api, options) =>
      api.listTargetGroups(nextToken === undefined ? {} : { nextToken }, options),
    );
    return { items: answer.items, nextToken: answer.nextToken };
  });
}
