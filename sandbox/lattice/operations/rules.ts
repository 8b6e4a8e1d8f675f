import type {
  BatchUpdateRuleResponse,
  CreateRuleResponse,
  GetRuleResponse,
  ListRulesResponse,
  RuleSummary,
  UpdateRuleResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { idOf, newId } from "../identifiers.ts";
import { conflict, invalid, notFound } from "../lattice-error.ts";
import type { ListenerRecord, RuleRecord, ServiceRecord } from "../store/records.ts";
import { type Call, checkQuota, newEntity } from "./call.ts";
import { clientToken, identifier, paging, priority, resourceName, ruleAction, ruleMatch, tags } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { getListener } from "./listeners.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { checkAction, keptAction, syncGroupUse } from "./target-group-use.ts";

const ofListener = z.object({ serviceIdentifier: identifier, listenerIdentifier: identifier });
const one = ofListener.extend({ ruleIdentifier: identifier });
const change = { match: ruleMatch.optional(), priority: priority.optional(), action: ruleAction.optional() };
const create = ofListener.extend({
  name: resourceName(3, 63, "rule-"),
  match: ruleMatch,
  priority,
  action: ruleAction,
  clientToken,
  tags: tags.default({}),
});
const rulesPath = "/services/{serviceIdentifier}/listeners/{listenerIdentifier}/rules" as const;
const rulePath = `${rulesPath}/{ruleIdentifier}` as const;

type Place = { service: ServiceRecord; listener: ListenerRecord };
type RuleChange = {
  readonly match?: z.output<typeof ruleMatch> | undefined;
  readonly priority?: number | undefined;
  readonly action?: z.output<typeof ruleAction> | undefined;
};

export const ruleOperations = [
  operation({
    name: "CreateRule",
    route: `POST ${rulesPath}`,
    access: "write",
    status: 201,
    input: create,
    run: (call, input) => idempotent(call, { kind: "RULE", token: input.clientToken, input }, () => createRule(call, input)),
  }),
  operation({
    name: "ListRules",
    route: `GET ${rulesPath}`,
    access: "read",
    input: ofListener.extend(paging),
    run: (call, input): ListRulesResponse => {
      const { listener } = getListener(call, input);
      return page(call, `rules ${listener.id}`, { items: listener.rules, paging: input, view: summary });
    },
  }),
  operation({
    name: "GetRule",
    route: `GET ${rulePath}`,
    access: "read",
    input: one,
    run: (call, input): GetRuleResponse => {
      const rule = getRule(getListener(call, input).listener, input.ruleIdentifier);
      return { ...summary(rule), ...effect(rule) };
    },
  }),
  operation({
    name: "UpdateRule",
    route: `PATCH ${rulePath}`,
    access: "write",
    input: one.extend(change),
    run: (call, input): UpdateRuleResponse => {
      const place = getListener(call, input);
      const rule = getChangeableRule(place.listener, input.ruleIdentifier);
      checkPriorities(place.listener, new Map([[rule.id, input.priority]]));
      return updateRule(call, place, { rule, change: input });
    },
  }),
  operation({
    name: "BatchUpdateRule",
    route: `PATCH ${rulesPath}`,
    access: "write",
    input: ofListener.extend({
      rules: z
        .array(z.object({ ruleIdentifier: identifier, ...change }))
        .min(1)
        .max(10),
    }),
    run: (call, input): BatchUpdateRuleResponse => {
      const place = getListener(call, input);
      const changes = input.rules.map((one) => ({ rule: getChangeableRule(place.listener, one.ruleIdentifier), change: one }));
      checkPriorities(place.listener, new Map(changes.map(({ rule, change }) => [rule.id, change.priority])));
      return { successful: changes.map((one) => updateRule(call, place, one)), unsuccessful: [] };
    },
  }),
  operation({
    name: "DeleteRule",
    route: `DELETE ${rulePath}`,
    access: "write",
    status: 204,
    input: one,
    run: (call, input) => {
      const { service, listener } = getListener(call, input);
      const rule = getChangeableRule(listener, input.ruleIdentifier);
      listener.rules = listener.rules.filter((kept) => kept !== rule);
      call.store.tags.remove(rule.arn);
      syncGroupUse(call, service);
      return {};
    },
  }),
];

function createRule(call: Call, input: z.output<typeof create>): CreateRuleResponse {
  const { service, listener } = getListener(call, input);
  if (listener.protocol === "TLS_PASSTHROUGH") throw invalid("A TLS_PASSTHROUGH listener takes no rules but its default");
  const others = listener.rules.filter((rule) => !rule.isDefault);
  if (others.some((rule) => rule.priority === input.priority)) throw conflict(`Priority ${input.priority} is in use`, "RULE");
  if (others.some((rule) => rule.name === input.name)) throw conflict(`Rule name ${input.name} is in use`, "RULE");
  checkMatch(others, input.match);
  checkQuota(call, "rulesPerListener", others.length, {
    message: "The number of rules per listener exceeds the limit",
    code: "L-RULES",
    kind: "RULE",
  });
  checkAction(call, { service, protocol: listener.protocol, action: input.action });
  const id = newId("rule");
  const rule: RuleRecord = {
    id,
    arn: `${listener.arn}/rule/${id}`,
    ...newEntity(call),
    name: input.name,
    isDefault: false,
    priority: input.priority,
    match: input.match,
    action: keptAction(input.action),
  };
  listener.rules.push(rule);
  call.store.tags.create(rule.arn, rule.seq, input.tags);
  syncGroupUse(call, service);
  return { id, arn: rule.arn, name: rule.name, priority: input.priority, ...effect(rule) };
}

function updateRule(
  call: Call,
  { service, listener }: Place,
  { rule, change }: { rule: RuleRecord; change: RuleChange },
): UpdateRuleResponse {
  if (change.match) {
    checkMatch(
      listener.rules.filter((other) => other !== rule),
      change.match,
    );
  }
  if (change.action) {
    checkAction(call, { service, protocol: listener.protocol, action: change.action, replaced: rule });
    rule.action = keptAction(change.action);
  }
  rule.match = change.match ?? rule.match;
  rule.priority = change.priority ?? rule.priority;
  rule.updatedAt = call.now;
  syncGroupUse(call, service);
  const { createdAt: _created, lastUpdatedAt: _updated, ...shown } = summary(rule);
  return { ...shown, ...effect(rule) };
}

function getRule(listener: ListenerRecord, identifier: string): RuleRecord {
  const rule = listener.rules.find((known) => known.id === idOf(identifier));
  if (!rule) throw notFound("RULE", identifier);
  return rule;
}

function getChangeableRule(listener: ListenerRecord, identifier: string): RuleRecord {
  const rule = getRule(listener, identifier);
  if (rule.isDefault) throw invalid("The default rule changes with its listener and cannot be deleted");
  return rule;
}

/** The priorities after the change must differ; a swap in one batch is therefore allowed. */
function checkPriorities(listener: ListenerRecord, changed: ReadonlyMap<string, number | undefined>): void {
  const seen = new Set<number>();
  for (const rule of listener.rules) {
    const after = changed.get(rule.id) ?? rule.priority;
    if (after === null) continue;
    if (seen.has(after)) throw conflict(`Priority ${after} is in use`, "RULE", rule.id);
    seen.add(after);
  }
}

function checkMatch(others: readonly RuleRecord[], match: z.output<typeof ruleMatch>): void {
  const wanted = JSON.stringify(match);
  const same = others.find((rule) => rule.match !== null && JSON.stringify(rule.match) === wanted);
  if (same) throw conflict("A rule with the same match exists", "RULE", same.id);
}

function summary(rule: RuleRecord): RuleSummary {
  return {
    id: rule.id,
    arn: rule.arn,
    name: rule.name,
    isDefault: rule.isDefault,
    priority: rule.priority ?? undefined,
    createdAt: new Date(rule.createdAt),
    lastUpdatedAt: new Date(rule.updatedAt),
  };
}

function effect(rule: RuleRecord) {
  return { match: rule.match ?? undefined, action: rule.action } satisfies GetRuleResponse;
}
