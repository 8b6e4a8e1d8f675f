import type { LatticeListener, LatticeRule } from "./lattice-facts.ts";
import { isSameMatch, type LatticeMatch, latticeMatchOf, matchOfRule } from "./lattice-match.ts";
import type { RouteMatch } from "./route-input.ts";

/** A rule as a route wants it, with the target groups its backends have by their tags; null while a group was not found. */
export type WantedRule = {
  readonly match: RouteMatch;
  readonly backends: readonly { readonly targetGroupId: string | null; readonly weight: number }[];
};

/**
 * `same`: Lattice holds exactly this rule, in its place. `absent`: no rule with this match. `order`: it is tried before a rule that should come
 * first. `groups`: it leads to other target groups. `weights`: right groups, other weights. `unresolved`: a group of ours is not known, so nothing is proven.
 */
export const RULE_DIFFERENCES = ["same", "absent", "order", "groups", "weights", "unresolved"] as const;

/** One wanted rule (counted from 1) beside what Lattice holds. `latticeWeight` is null where its rule does not name the group. */
export type RuleComparison = {
  readonly n: number;
  readonly result: (typeof RULE_DIFFERENCES)[number];
  readonly rule: LatticeRule | null;
  readonly backends: readonly { readonly targetGroupId: string | null; readonly weight: number; readonly latticeWeight: number | null }[];
};

/**
 * Does Lattice hold these rules: match, order, target groups, weights? The proof of a route (lattice.md §10.1.2). A passthrough listener has no
 * rules but its default action (§1.6), which is then compared with the one wanted rule.
 */
export function compareRules(wanted: readonly WantedRule[], listener: LatticeListener): RuleComparison[] {
  const found = findRules(wanted, listener);
  const positions = found.map((rule) => (rule === null ? -1 : listener.rules.indexOf(rule)));
  return wanted.map(({ backends }, index) => {
    const rule = found[index] ?? null;
    const compared = backends.map((backend) => ({ ...backend, latticeWeight: weightIn(rule, backend.targetGroupId) }));
    const isLate = rule !== null && positions.slice(0, index).some((position) => position > (positions[index] ?? -1));
    return { n: index + 1, rule, backends: compared, result: isLate ? "order" : resultOf(rule, compared) };
  });
}

/** Rules that Lattice holds and nobody wants: a call may end there. The default rule is not one of them unless it forwards. */
export function findExtraRules(wanted: readonly WantedRule[], listener: LatticeListener): readonly LatticeRule[] {
  const found = new Set(findRules(wanted, listener));
  return listener.rules.filter((rule) => !found.has(rule) && (!rule.isDefault || rule.action.forward.length > 0));
}

/** Is the listener exactly what is wanted, nothing more and nothing less? */
export function holdsExactly(wanted: readonly WantedRule[], listener: LatticeListener): boolean {
  return compareRules(wanted, listener).every(({ result }) => result === "same") && findExtraRules(wanted, listener).length === 0;
}

function findRules(wanted: readonly WantedRule[], listener: LatticeListener): readonly (LatticeRule | null)[] {
  const isPassthrough = listener.protocol === "TLS_PASSTHROUGH";
  const left = listener.rules.filter(({ isDefault }) => isDefault === isPassthrough);
  return wanted.map(({ match }) => {
    const rule = isPassthrough ? left[0] : left.find((one) => isWanted(match, matchOfRule(one)));
    if (rule !== undefined) left.splice(left.indexOf(rule), 1);
    return rule ?? null;
  });
}

// A gRPC call is always a POST: whether the controller says so in a rule is of no consequence.
function isWanted(match: RouteMatch, held: LatticeMatch | null): boolean {
  if (held === null) return false;
  const own = latticeMatchOf(match);
  return isSameMatch(own, held) || (match.grpc !== undefined && isSameMatch({ ...own, method: null }, held));
}

function weightIn(rule: LatticeRule | null, targetGroupId: string | null): number | null {
  return rule?.action.forward.find((one) => one.targetGroupId === targetGroupId)?.weight ?? null;
}

function resultOf(rule: LatticeRule | null, backends: RuleComparison["backends"]): RuleComparison["result"] {
  if (rule === null) return "absent";
  if (backends.some(({ targetGroupId }) => targetGroupId === null)) return "unresolved";
  const isSameSet = rule.action.forward.length === backends.length && backends.every(({ latticeWeight }) => latticeWeight !== null);
  if (!isSameSet) return "groups";
  return backends.every(({ weight, latticeWeight }) => weight === latticeWeight) ? "same" : "weights";
}
