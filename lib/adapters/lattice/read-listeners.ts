import type { LatticeListener, LatticeRule } from "../../domain/routes/lattice-facts.ts";
import { ListenerDetail, ListenerItem, RuleDetail, RuleItem } from "./answers.ts";
import { type Asking, orNull, PAGE } from "./asking.ts";

/** Listeners with whole rules: one call for the listeners, one per listener for its rules, one per rule. What vanishes meanwhile is left out. */
export async function readListeners(asking: Asking, serviceId: string): Promise<readonly LatticeListener[]> {
  const items = await orNull(
    asking.all("ListListeners", ListenerItem, (aws, page, signal) =>
      aws.latticeClient.send(new aws.lattice.ListListenersCommand({ ...PAGE, serviceIdentifier: serviceId, ...page }), signal),
    ),
  );
  const listeners: LatticeListener[] = [];
  for (const { id, port, protocol } of items ?? []) {
    const rules = await readRules(asking, serviceId, id);
    if (rules !== null) listeners.push({ id, port, protocol, rules });
  }
  return listeners;
}

async function readRules(asking: Asking, serviceId: string, listenerId: string): Promise<LatticeRule[] | null> {
  const where = { serviceIdentifier: serviceId, listenerIdentifier: listenerId };
  const items = await orNull(
    asking.all("ListRules", RuleItem, (aws, page, signal) =>
      aws.latticeClient.send(new aws.lattice.ListRulesCommand({ ...PAGE, ...where, ...page }), signal),
    ),
  );
  if (items === null) return null;
  const rules: LatticeRule[] = [];
  for (const { id } of items) {
    const rule = await asking.find("GetRule", RuleDetail, (aws, signal) =>
      aws.latticeClient.send(new aws.lattice.GetRuleCommand({ ...where, ruleIdentifier: id }), signal),
    );
    if (rule !== null) rules.push(rule);
  }
  if (!rules.some(({ isDefault }) => isDefault)) {
    const fallback = await defaultRule(asking, serviceId, listenerId);
    if (fallback === null) return null;
    rules.push(fallback);
  }
  return rules.sort(inOrderOfTrial);
}

/** A passthrough listener has no rules, only an action. */
async function defaultRule(asking: Asking, serviceId: string, listenerId: string): Promise<LatticeRule | null> {
  const detail = await asking.find("GetListener", ListenerDetail, (aws, signal) =>
    aws.latticeClient.send(new aws.lattice.GetListenerCommand({ serviceIdentifier: serviceId, listenerIdentifier: listenerId }), signal),
  );
  if (detail === null) return null;
  return { id: "default", priority: null, isDefault: true, method: null, path: null, headers: [], action: detail.defaultAction };
}

/** Lowest priority number first, the default last (lattice.md §1.4). */
function inOrderOfTrial(one: LatticeRule, other: LatticeRule): number {
  if (one.isDefault !== other.isDefault) return one.isDefault ? 1 : -1;
  return (one.priority ?? Number.MAX_SAFE_INTEGER) - (other.priority ?? Number.MAX_SAFE_INTEGER);
}
