import { message } from "../message.ts";
import { chooseListener } from "../routes/choose-listener.ts";
import { oldestOf } from "../routes/find-way-in.ts";
import { groupState } from "../routes/group-state.ts";
import type { LatticeListener } from "../routes/lattice-facts.ts";
import { COLD_OLD_MS, TARGETS_OLD_MS } from "../routes/route-limits.ts";
import type { ReachCall, ReachFacts } from "./reach-facts.ts";
import { type Age, notChecked, staleness, toLayer } from "./reach-layer.ts";
import { type MatchedRule, matchRule, ruleText } from "./reach-rule.ts";
import type { ReachLayer } from "./reach-view.ts";

/** What the service makes of a call, whoever sends it. */
export type Routing = { readonly listener: LatticeListener | null; readonly layers: readonly ReachLayer[] };

export function routingLayers(facts: ReachFacts, call: ReachCall, age: Age): Routing {
  const read = facts.lattice?.listeners ?? null;
  const old = staleness(read?.at ?? null, COLD_OLD_MS, age);
  // Rules that were asked to be others since may be others by now.
  const isBefore = read !== null && facts.changedAt !== null && read.at < facts.changedAt;
  if (read === null || old !== null || isBefore) {
    const stale = old ?? ({ key: "old", at: read?.at ?? null } as const);
    return { listener: null, layers: (["listener", "rule", "target-groups", "targets"] as const).map((id) => notChecked(id, stale)) };
  }
  const { at, value: listeners } = read;
  const listener = chooseListener(listeners, call.port);
  if (listener === null) return { listener, layers: withoutListener(listeners, call, at) };
  const where = `${listener.protocol} ${listener.port ?? "–"}`;
  const heard = toLayer("listener", {
    state: "passed",
    key: "passed",
    values: { listener: where },
    evidence: `${listener.id} ${where}`,
    at,
  });
  const matched = matchRule(listener, call);
  return { listener, layers: [heard, ruleLayer(matched, listener, at), ...groupLayers(facts, matched, { at, age })] };
}

function withoutListener(listeners: readonly LatticeListener[], { port }: ReachCall, at: Date): readonly ReachLayer[] {
  const seen = listeners.map((one) => `${one.protocol} ${one.port ?? "–"}`).join(", ");
  const key = listeners.length === 0 ? "none" : "otherPort";
  return [
    toLayer("listener", {
      state: "failed",
      key,
      values: { port: port ?? 0, listeners: seen || "–" },
      evidence: seen || null,
      at,
      actor: listeners.length === 0 ? "owner" : "caller",
    }),
    ...(["rule", "target-groups", "targets"] as const).map((id) => toLayer(id, { state: "unknown", key: "noListener" })),
  ];
}

function ruleLayer(matched: MatchedRule | null, { rules }: LatticeListener, at: Date): ReachLayer {
  const count = rules.filter(({ isDefault }) => !isDefault).length;
  if (matched === null) return toLayer("rule", { state: "failed", key: "none", values: { count }, at, actor: "owner" });
  const { rule, number, unsure } = matched;
  const name = number === null ? message("reach.rule.default") : message("reach.rule.number", { number });
  const evidence = number === null ? rule.id : `${rule.id}: ${ruleText(rule)}`;
  if (unsure) return toLayer("rule", { state: "unknown", key: "unsure", values: { rule: name }, evidence, at, actor: "owner" });
  const { fixedStatus, forward } = rule.action;
  if (fixedStatus !== null || forward.length === 0) {
    const key = number === null ? "none" : "fixed";
    return toLayer("rule", {
      state: "failed",
      key,
      values: { count, rule: name, status: fixedStatus ?? 500 },
      evidence,
      at,
      actor: number === null ? "caller" : "owner",
    });
  }
  return toLayer("rule", { state: "passed", key: "passed", values: { rule: name }, evidence, at });
}

function groupLayers(
  facts: ReachFacts,
  matched: MatchedRule | null,
  { at, age }: { readonly at: Date; readonly age: Age },
): readonly ReachLayer[] {
  const forward = matched?.rule.action.forward ?? [];
  if (matched === null || forward.length === 0) {
    const state = matched === null || matched.rule.action.fixedStatus !== null ? "not-needed" : "failed";
    return [
      toLayer("target-groups", { state, key: state === "failed" ? "noGroup" : "noRule", at, actor: state === "failed" ? "owner" : null }),
      toLayer("targets", { state, key: state === "failed" ? "noGroup" : "noRule" }),
    ];
  }
  const used = forward.filter(({ weight }) => weight > 0);
  const sum = used.reduce((total, { weight }) => total + weight, 0);
  const groups = used.map(({ targetGroupId, weight }) => {
    const group = facts.lattice?.groups.find((one) => one.group.value.id === targetGroupId) ?? null;
    const targetsOld = group === null ? null : staleness(group.targets?.at ?? null, TARGETS_OLD_MS, age);
    const isRead = group !== null && group.targets !== null && targetsOld === null;
    return {
      id: targetGroupId,
      name: group?.group.value.name ?? targetGroupId,
      group,
      targetsOld,
      share: Math.round((weight * 100) / sum),
      state: isRead ? groupState(group) : null,
    };
  });
  const shares = groups.map(({ name, share }) => `${name} ${share}%`).join(", ");
  if (groups.length === 0)
    return [
      toLayer("target-groups", { state: "failed", key: "weightsZero", at, actor: "owner" }),
      toLayer("targets", { state: "failed", key: "noGroup", at, actor: "owner" }),
    ];
  const groupsLayer = toLayer("target-groups", {
    state: "passed",
    key: "passed",
    values: { count: groups.length, groups: shares },
    evidence: groups.map(({ id, name, share, group }) => `${id} ${name} ${group?.group.value.status ?? "–"} ${share}%`).join("; "),
    at,
  });
  return [groupsLayer, targetsLayer(groups)];
}

type UsedGroup = {
  readonly name: string;
  readonly share: number;
  readonly group: NonNullable<ReachFacts["lattice"]>["groups"][number] | null;
  readonly targetsOld: ReturnType<typeof staleness>;
  readonly state: ReturnType<typeof groupState> | null;
};

function targetsLayer(groups: readonly UsedGroup[]): ReachLayer {
  const evidence = groups
    .map(
      ({ name, group, state }) =>
        `${name} ${state ?? "–"}: ${
          (group?.targets?.value ?? [])
            .slice(0, 20)
            .map(({ id, port, status }) => `${id}${port === null ? "" : `:${port}`} ${status}`)
            .join(", ") || "–"
        }`,
    )
    .join("; ");
  const at = oldestOf(groups.map(({ group }) => group?.targets?.at ?? null));
  const has = (...states: readonly UsedGroup["state"][]) => groups.filter(({ state }) => states.includes(state));
  const shareOf = (some: readonly UsedGroup[]) => some.reduce((sum, { share }) => sum + share, 0);
  const say = (state: "passed" | "failed" | "unknown" | "not-checkable", key: string, some: readonly UsedGroup[] = groups) =>
    toLayer("targets", {
      state,
      key,
      values: { groups: some.map(({ name }) => name).join(", "), count: some.length, share: shareOf(some) },
      evidence,
      at,
      actor: state === "passed" ? null : "owner",
    });
  const gone = has("empty", "unused", "missing");
  if (gone.length === groups.length) return say("failed", "none", gone);
  const stale = groups.find(({ targetsOld }) => targetsOld !== null)?.targetsOld;
  if (stale != null) return { ...notChecked("targets", stale), evidence };
  if (has(null, "unknown").length > 0) return say("unknown", "unread", has(null, "unknown"));
  if (gone.length > 0) return say("unknown", "partly", gone);
  const open = has("down");
  if (open.length > 0) return say("unknown", "failOpen", open);
  const starting = has("starting");
  if (starting.length > 0) return say("unknown", "starting", starting);
  return has("unchecked").length > 0
    ? say("not-checkable", "unchecked", has("unchecked"))
    : say("passed", has("degraded").length > 0 ? "degraded" : "passed");
}
