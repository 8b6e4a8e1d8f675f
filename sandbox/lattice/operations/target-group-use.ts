import { idOf } from "../identifiers.ts";
import { conflict, invalid, notFound } from "../lattice-error.ts";
import { targetGroupStatus } from "../states/resource-statuses.ts";
import type { ListenerRecord, RuleAction, RuleRecord, ServiceRecord, TargetGroupRecord } from "../store/records.ts";
import { type Call, checkQuota } from "./call.ts";
import { isOfThisPlace } from "./service-networks.ts";

export function getTargetGroup(call: Call, identifier: string): TargetGroupRecord {
  const group = call.store.targetGroups.find(idOf(identifier));
  if (!group || !isOfThisPlace(call, identifier)) throw notFound("TARGET_GROUP", identifier);
  return group;
}

/** `replaced`: the rule whose action this one takes over. */
type ActionChange = { service: ServiceRecord; protocol: ListenerRecord["protocol"]; action: RuleAction; replaced?: RuleRecord };

/** Refuses an action that Lattice would not take: a group of another service, too many groups, the wrong protocol (lattice.md §0.2). */
export function checkAction(call: Call, { service, protocol, action, replaced }: ActionChange): void {
  const passthrough = protocol === "TLS_PASSTHROUGH";
  if (!("forward" in action)) {
    if (passthrough) throw invalid("A TLS_PASSTHROUGH listener can only forward", [{ name: "defaultAction", message: "forward expected" }]);
    return;
  }
  const used = groupIdsOf(service, replaced);
  for (const { targetGroupIdentifier } of action.forward.targetGroups) {
    const group = getTargetGroup(call, targetGroupIdentifier);
    if (group.usedBy !== null && group.usedBy.serviceId !== service.id)
      throw conflict(`TargetGroup ${group.arn} has been associated with other services`, "TARGET_GROUP", group.id);
    if (targetGroupStatus(call, group).status === "DELETE_IN_PROGRESS")
      throw conflict(`TargetGroup is in DELETE_IN_PROGRESS state`, "TARGET_GROUP", group.id);
    if ((group.protocol === "TCP") !== passthrough)
      throw invalid(`TargetGroup ${group.id} of protocol ${group.protocol ?? group.type} cannot serve a listener of protocol ${protocol}`);
    used.add(group.id);
  }
  checkQuota(call, "targetGroupsPerService", used.size - 1, {
    message: "The number of target groups per service exceeds the limit",
    code: "L-GROUPSPERSERVICE",
    kind: "TARGET_GROUP",
  });
}

/** The action as it is kept: groups by id, in the order given. */
export function keptAction(action: RuleAction): RuleAction {
  if (!("forward" in action)) return action;
  const targetGroups = action.forward.targetGroups.map((one) => ({ ...one, targetGroupIdentifier: idOf(one.targetGroupIdentifier) }));
  return { forward: { targetGroups } };
}

/** Brings the groups' own mark of who uses them in line with the rules of a service. Call after every change of its rules. */
export function syncGroupUse(call: Call, service: ServiceRecord): void {
  const { targetGroups } = call.store;
  const used = groupIdsOf(service);
  for (const id of call.store.groupsOfService.get(service.id) ?? []) {
    const group = targetGroups.find(id);
    if (group && !used.has(id)) group.usedBy = null;
  }
  for (const id of used) {
    const group = targetGroups.find(id);
    if (group && group.usedBy === null) group.usedBy = { serviceId: service.id, since: call.now };
  }
  call.store.groupsOfService.set(service.id, used);
}

function groupIdsOf(service: ServiceRecord, except?: RuleRecord): Set<string> {
  const rules = service.listeners.flatMap((listener) => listener.rules);
  const actions = rules.filter((rule) => rule !== except).map((rule) => rule.action);
  return new Set(
    actions.flatMap((action) => ("forward" in action ? action.forward.targetGroups.map((one) => one.targetGroupIdentifier) : [])),
  );
}
