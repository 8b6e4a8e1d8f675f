import type { z } from "zod";
import { message } from "../message.ts";
import { countTargets, groupGlyph, groupState } from "./group-state.ts";
import type { LatticeTarget } from "./lattice-facts.ts";
import type { ObservedRoute, RouteObjectBackend, RouteObjectRule } from "./observed-route.ts";
import { destinationOf, exportOf, groupOf, type HeldListener, heldListeners, importOf } from "./route-facts.ts";
import type { BackendView, GroupState, RuleView, TargetView } from "./route-view.ts";
import { ruleWarnings } from "./rule-warnings.ts";
import { ruleWords } from "./rule-words.ts";

/** The traffic path: rules in the order in which Lattice tries them, each side with its weight in the object, its weight in Lattice and the health of its group. */
export function routePath(observed: ObservedRoute): readonly z.infer<typeof RuleView>[] {
  const listeners = heldListeners(observed) ?? [];
  const warnings = observed.kind === "TLSRoute" ? [] : ruleWarnings(observed.rules);
  return observed.rules.map((rule, index) => ({
    n: index + 1,
    match: rule.match,
    words: ruleWords(rule),
    backends: rule.backends.map((backend) => backendView(observed, { rule, backend, index, listeners })),
    proven: isProven(listeners, index),
    warnings: warnings.filter((one) => one.rule === index + 1).map((one) => one.message),
  }));
}

function isProven(listeners: readonly HeldListener[], index: number): boolean {
  return listeners.length > 0 && listeners.every(({ comparisons }) => comparisons[index]?.result === "same");
}

type Place = {
  readonly rule: RouteObjectRule;
  readonly backend: RouteObjectBackend;
  readonly index: number;
  readonly listeners: readonly HeldListener[];
};

function backendView(observed: ObservedRoute, { rule, backend, index, listeners }: Place): z.infer<typeof BackendView> {
  const group = groupOf(observed, backend);
  const state = groupState(group);
  const one = importOf(observed, backend);
  const destination = one === null ? null : destinationOf(observed, one);
  const found = one === null ? null : exportOf(observed, { ...one, destination }).found;
  const total = rule.backends.reduce((sum, { weight }) => sum + weight, 0);
  const counts = countTargets(group?.targets?.value ?? []);
  const compared = listeners.map(({ comparisons }) => comparisons[index]).find((comparison) => comparison?.rule != null);
  return {
    importName: backend.name,
    cluster: destination === null ? null : destination.slice(destination.indexOf("/") + 1),
    namespace: backend.namespace,
    kubeService: one === null ? (backend.kind === "Service" ? backend.name : null) : (one.exportName ?? one.name),
    port: found?.port ?? group?.group.value.port ?? null,
    weight: backend.weight,
    latticeWeight:
      compared?.backends.find(({ targetGroupId }) => targetGroupId !== null && targetGroupId === group?.group.value.id)?.latticeWeight ??
      null,
    sharePercent: total === 0 ? 0 : Math.round((backend.weight / total) * 1000) / 10,
    group: group === null ? null : { id: group.group.value.id, name: group.group.value.name, status: group.group.value.status },
    state,
    glyph: groupGlyph(state),
    sentence: message(`routeViews.group.${state}`, { healthy: counts.healthy, total: counts.total }),
    healthy: counts.healthy,
    total: counts.total,
    targets: (group?.targets?.value ?? []).slice(0, 200).map(targetView),
    at: (group?.targets?.at ?? group?.group.at)?.toISOString() ?? null,
  };
}

const TARGET_STATES: Readonly<Record<string, GroupState>> = {
  HEALTHY: "ok",
  UNHEALTHY: "down",
  INITIAL: "starting",
  UNUSED: "unused",
  UNAVAILABLE: "unchecked",
};
/** AWS publishes no list of reason codes; these have been seen (lattice.md §3.4). */
const KNOWN_REASONS: readonly string[] = ["HealthCheckFailed", "TargetNotInUse", "TargetGroupNotInUse", "HealthCheckNotSupported"];

function targetView({ id, port, status, reasonCode }: LatticeTarget): z.infer<typeof TargetView> {
  const glyph =
    status === "DRAINING"
      ? "deleting"
      : groupGlyph(Object.hasOwn(TARGET_STATES, status) ? (TARGET_STATES[status] ?? "unknown") : "unknown");
  const isKnown = reasonCode !== null && KNOWN_REASONS.includes(reasonCode);
  return { id, port, status, glyph, reasonCode, reason: isKnown ? message(`routeViews.reason.${reasonCode}`) : null };
}
