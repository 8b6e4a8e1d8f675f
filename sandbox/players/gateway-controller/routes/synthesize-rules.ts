import { isDeepStrictEqual } from "node:util";
import type { GetRuleResponse, RuleAction, RuleSummary } from "@aws-sdk/client-vpc-lattice";
import { allPages } from "../aws-calls.ts";
import { tagKeys } from "../controller-keys.ts";
import type { ControllerWorld } from "../controller-world.ts";
import { step } from "../reconcile-errors.ts";
import type { RouteModel, RuleModel } from "./route-model.ts";
import { type OwnGroups, ruleAction } from "./rule-action.ts";

type ListenerRef = { serviceIdentifier: string; listenerIdentifier: string };
const highestPriority = 100;

/**
 * Brings one listener's rules to the route's: each is found by its match, made at the first free number, and at last renumbered in spec order.
 * It stops at the first failure, so the rules before it are live (lattice.md §10.2).
 */
export async function synthesizeRules(
  world: ControllerWorld,
  model: RouteModel,
  { ref, own }: { ref: ListenerRef; own: OwnGroups },
): Promise<void> {
  const placed: { id: string; priority: number; wanted: number }[] = [];
  for (const rule of model.rules) {
    const { id, priority } = await upsertRule(world, model, { ref, rule, action: await ruleAction(world, own, rule.backends) });
    placed.push({ id, priority, wanted: rule.priority });
  }
  const kept = new Set(placed.map((one) => one.id));
  for (const one of await listRules(world, ref))
    if (one.isDefault !== true && one.id !== undefined && !kept.has(one.id)) await deleteRule(world, ref, one.id);
  if (placed.every((one) => one.priority === one.wanted)) return;
  await step("failed BatchUpdateRule due to", () =>
    world.aws.lattice("BatchUpdateRule", (api, options) =>
      api.batchUpdateRule({ ...ref, rules: placed.map((one) => ({ ruleIdentifier: one.id, priority: one.wanted })) }, options),
    ),
  );
}

async function upsertRule(
  world: ControllerWorld,
  model: RouteModel,
  { ref, rule, action }: { ref: ListenerRef; rule: RuleModel; action: RuleAction },
): Promise<{ id: string; priority: number }> {
  return step("failed RuleManager.Upsert due to", async () => {
    const existing: GetRuleResponse[] = [];
    for (const one of await listRules(world, ref))
      existing.push(await world.aws.lattice("GetRule", (api, options) => api.getRule({ ...ref, ruleIdentifier: one.id ?? "" }, options)));
    const same = existing.find((one) => one.isDefault !== true && isDeepStrictEqual(plain(one.match), plain(rule.match)));
    if (!same) return createRule(world, model, { ref, rule, action, existing });
    await world.tags.update(same.arn ?? "", model.extraTags);
    const id = same.id ?? "";
    if (!isSameAction(same.action, action))
      await step(`failed UpdateRule ${id} due to`, () =>
        world.aws.lattice("UpdateRule", (api, options) => api.updateRule({ ...ref, ruleIdentifier: id, action }, options)),
      );
    return { id, priority: same.priority ?? 0 };
  });
}

async function createRule(
  world: ControllerWorld,
  model: RouteModel,
  { ref, rule, action, existing }: { ref: ListenerRef; rule: RuleModel; action: RuleAction; existing: readonly GetRuleResponse[] },
): Promise<{ id: string; priority: number }> {
  const taken = new Set(existing.map((one) => one.priority));
  const priority = Array.from({ length: highestPriority }, (_, at) => at + 1).find((one) => !taken.has(one)) ?? highestPriority;
  const answer = await step(`failed CreateRule ${ref.listenerIdentifier}, ${ref.serviceIdentifier} due to`, () =>
    world.aws.lattice("CreateRule", (api, options) =>
      api.createRule(
        {
          ...ref,
          clientToken: crypto.randomUUID(),
          // Names of one second collide, so it is a second of the sandbox.
          name: `k8s-${Math.floor((world.now().getTime() * world.speed) / 1_000)}-rule-${priority}`,
          priority,
          match: rule.match ?? { httpMatch: {} },
          action,
          tags: { ...model.extraTags, [tagKeys.managedBy]: world.managedBy },
        },
        options,
      ),
    ),
  );
  return { id: answer.id ?? "", priority };
}

async function listRules(world: ControllerWorld, ref: ListenerRef): Promise<RuleSummary[]> {
  return allPages(async (nextToken) => {
    const answer = await world.aws.lattice("ListRules", (api, options) =>
      api.listRules({ ...ref, ...(nextToken === undefined ? {} : { nextToken }) }, options),
    );
    return { items: answer.items, nextToken: answer.nextToken };
  });
}

async function deleteRule(world: ControllerWorld, ref: ListenerRef, id: string): Promise<void> {
  await world.aws.lattice("DeleteRule", (api, options) => api.deleteRule({ ...ref, ruleIdentifier: id }, options));
}

function isSameAction(have: RuleAction | undefined, wanted: RuleAction): boolean {
  const groups = (action: RuleAction | undefined) =>
    (action?.forward?.targetGroups ?? []).map((one) => `${one.targetGroupIdentifier?.split("/").at(-1) ?? ""}=${one.weight ?? 1}`).sort();
  return isDeepStrictEqual(groups(have), groups(wanted)) && have?.fixedResponse?.statusCode === wanted.fixedResponse?.statusCode;
}

/** Without the holes a parsed answer may carry, so that a match compares equal to the one that was sent. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
