import type { RouteBackend, RouteSpec } from "../../lib/domain/routes/route-input.ts";
import type { ShownBackend, ShownRule } from "./route-data.ts";

/** One side of a rule: what the spec says of it, and what Lattice says of its targets (null: nothing is known yet). */
export type Side = { readonly backend: RouteBackend; readonly seen: ShownBackend | null };

/** The sides of a rule of the spec, each with the health of its target group. */
export function sidesOf(rule: RouteSpec["rules"][number], shown: ShownRule | undefined): readonly Side[] {
  return rule.backends.map((backend) => ({ backend, seen: shown?.backends.find((one) => isSameBackend(one, backend)) ?? null }));
}

function isSameBackend(seen: ShownBackend, { cluster, namespace, kubeService }: RouteBackend): boolean {
  return (
    seen.namespace === namespace &&
    seen.kubeService === kubeService &&
    (seen.cluster === null || seen.cluster === cluster || seen.cluster.endsWith(`/${cluster}`))
  );
}

/** What each weight is of all calls, in percent. Weights of nothing take nothing. */
export function sharesOf(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum === 0 ? 0 : Math.round((weight / sum) * 1000) / 10));
}

/** The weights of two sides when the second takes this many percent. */
export function twoSided(percent: number): readonly number[] {
  const whole = Math.min(100, Math.max(0, Math.round(percent)));
  return [100 - whole, whole];
}

/** The same spec with other weights in one rule. */
export function withWeights(spec: RouteSpec, ruleAt: number, weights: readonly number[]): RouteSpec {
  const rules = spec.rules.map((rule, at) =>
    at === ruleAt
      ? { ...rule, backends: rule.backends.map((backend, side) => ({ ...backend, weight: weights[side] ?? backend.weight })) }
      : rule,
  );
  return { ...spec, rules };
}

/** The sides that would take more calls than now although no target of theirs answers: shifting there must be confirmed by name. */
export function riskySides(sides: readonly Side[], weights: readonly number[]): readonly Side[] {
  const before = sharesOf(sides.map(({ backend }) => backend.weight));
  const after = sharesOf(weights);
  return sides.filter((side, at) => (after[at] ?? 0) > (before[at] ?? 0) && (side.seen?.healthy ?? 0) === 0);
}
