import type { FieldProblem } from "../portal-error.ts";
import { checkMatch } from "./check-match.ts";
import { covers, type LatticeMatch, latticeMatchOf } from "./lattice-match.ts";
import { problem, type RouteCheck } from "./route-check.ts";
import type { RouteMatch, RouteRule } from "./route-input.ts";
import { shadowOf } from "./rule-warnings.ts";

/** Rules of a route: what one may match, how many there may be, and that each can answer a call at all. */
export function checkRules({ spec, facts: { quotas } }: RouteCheck): FieldProblem[] {
  if (spec.protocol === "tls") return checkPassthrough(spec.rules);
  const { protocol, rules } = spec;
  const matches = rules.map(({ match }) => latticeMatchOf(match));
  const counted =
    rules.length > quotas.rulesPerListener
      ? [problem("rules", "ruleCount", { count: rules.length, maximum: quotas.rulesPerListener })]
      : [];
  return [
    ...counted,
    ...rules.flatMap(({ match }, index) => [...checkMatch(`rules.${index}.match`, match, protocol), ...checkReachable(matches, index)]),
    ...checkWeights(rules),
  ];
}

/** Passthrough sees no path, method or header: one rule that takes everything (lattice.md §1.6). */
function checkPassthrough(rules: readonly RouteRule[]): FieldProblem[] {
  const several = rules.length > 1 ? [problem("rules", "tlsRules", { count: rules.length })] : [];
  const narrowed = rules.flatMap(({ match }, index) => (isEmpty(match) ? [] : [problem(`rules.${index}.match`, "tlsMatch")]));
  return [...several, ...narrowed, ...checkWeights(rules)];
}

function isEmpty({ path, method, headers, grpc }: RouteMatch): boolean {
  return path === undefined && method === undefined && headers.length === 0 && grpc === undefined;
}

function checkReachable(matches: readonly LatticeMatch[], index: number): FieldProblem[] {
  const by = shadowOf(matches, index);
  const own = matches[index];
  const earlier = by === null ? undefined : matches[by - 1];
  if (by === null || own === undefined || earlier === undefined) return [];
  return [problem(`rules.${index}.match`, covers(own, earlier) ? "duplicateRule" : "shadowed", { rule: index + 1, by })];
}

function checkWeights(rules: readonly RouteRule[]): FieldProblem[] {
  return rules.flatMap(({ backends }, index) =>
    backends.every(({ weight }) => weight === 0) ? [problem(`rules.${index}.backends`, "weightsZero", { rule: index + 1 })] : [],
  );
}
