import { type LatticeMatch, latticeMatchOf } from "./lattice-match.ts";
import type { RouteMatch } from "./route-input.ts";

type Matching = { readonly match: RouteMatch };

/**
 * The rules with the most specific first: exact path, longer prefix, method, more headers; equals keep their order. Gateway API asks for this order,
 * Lattice and the controller do not sort: order in the manifest is the meaning (lattice.md §1.4).
 */
export function orderRules<Rule extends Matching>(rules: readonly Rule[]): readonly Rule[] {
  return rules
    .map((rule) => ({ rule, match: latticeMatchOf(rule.match) }))
    .sort((one, other) => compareSpecificity(one.match, other.match))
    .map(({ rule }) => rule);
}

/** Do the rules already stand in that order? */
export function isOrdered(rules: readonly Matching[]): boolean {
  const matches = rules.map(({ match }) => latticeMatchOf(match));
  return matches.every((match, index) => {
    const next = matches[index + 1];
    return next === undefined || compareSpecificity(match, next) <= 0;
  });
}

/** Negative when `one` is more specific. */
export function compareSpecificity(one: LatticeMatch, other: LatticeMatch): number {
  const exact = Number(other.path.type === "exact") - Number(one.path.type === "exact");
  if (exact !== 0) return exact;
  const length = other.path.value.length - one.path.value.length;
  if (length !== 0) return length;
  const method = Number(other.method !== null) - Number(one.method !== null);
  return method === 0 ? other.headers.length - one.headers.length : method;
}
