import { type Message, message } from "../message.ts";
import { covers, type LatticeMatch, latticeMatchOf, takesEveryCall } from "./lattice-match.ts";
import { isOrdered } from "./order-rules.ts";
import type { RouteMatch } from "./route-input.ts";

/** Something legal that people regret. `rule` counts from 1; null: about all rules together. */
export type RuleWarning = { readonly rule: number | null; readonly code: RuleWarningCode; readonly message: Message };
export type RuleWarningCode = "prefixTakesMore" | "shadowed" | "weightZero" | "noCatchAll" | "notOrdered";

type WarnedRule = {
  readonly match: RouteMatch;
  readonly backends: readonly { readonly kubeService?: string; readonly name?: string; readonly weight: number }[];
};

/** Warnings of HTTP and gRPC rules, in the order of the rules, then those about the whole list (lattice.md §1.4). A passthrough route has none to give. */
export function ruleWarnings(rules: readonly WarnedRule[]): readonly RuleWarning[] {
  const matches = rules.map(({ match }) => latticeMatchOf(match));
  const own = rules.flatMap((rule, index) => [
    ...prefixWarnings(rule.match, index + 1),
    ...shadowWarnings(matches, index),
    ...rule.backends.flatMap((backend) => weightWarnings(backend, index + 1)),
  ]);
  const whole = [
    ...(matches.some(takesEveryCall) ? [] : [warning(null, "noCatchAll")]),
    ...(isOrdered(rules) ? [] : [warning(null, "notOrdered")]),
  ];
  return [...own, ...whole];
}

/** The number (from 1) of the first earlier rule that takes every call of this one, so that it never answers; null when it can. */
export function shadowOf(matches: readonly LatticeMatch[], index: number): number | null {
  const own = matches[index];
  const earlier = own === undefined ? -1 : matches.slice(0, index).findIndex((match) => covers(match, own));
  return earlier < 0 ? null : earlier + 1;
}

function prefixWarnings({ path, grpc }: RouteMatch, rule: number): RuleWarning[] {
  if (grpc !== undefined || path?.type !== "prefix" || path.value.endsWith("/")) return [];
  return [warning(rule, "prefixTakesMore", { path: path.value, more: `${path.value}v2`, slash: `${path.value}/` })];
}

function shadowWarnings(matches: readonly LatticeMatch[], index: number): RuleWarning[] {
  const by = shadowOf(matches, index);
  return by === null ? [] : [warning(index + 1, "shadowed", { by })];
}

function weightWarnings({ kubeService, name, weight }: WarnedRule["backends"][number], rule: number): RuleWarning[] {
  return weight === 0 ? [warning(rule, "weightZero", { backend: kubeService ?? name ?? "" })] : [];
}

function warning(rule: number | null, code: RuleWarningCode, values: Readonly<Record<string, string | number>> = {}): RuleWarning {
  return { rule, code, message: message(`routes.warning.${code}`, { ...values, rule: rule ?? 0 }) };
}
