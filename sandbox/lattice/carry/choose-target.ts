import type { TargetSummary } from "@aws-sdk/client-vpc-lattice";
import { targetSummary } from "../states/target-summary.ts";
import type { RuleRecord, TargetGroupRecord, TargetRecord } from "../store/records.ts";
import type { RegionStore } from "../store/region-store.ts";
import { CallStopped } from "./carried.ts";
import type { DataPlane } from "./data-plane.ts";

export type Chosen = { readonly group: TargetGroupRecord; readonly target: TargetRecord; readonly status: string };

/** A group of the rule by weight, then one of its targets in turn. `chance` in [0, 1). */
export function chooseTarget(plane: DataPlane, { owner, rule, chance }: { owner: RegionStore; rule: RuleRecord; chance: number }): Chosen {
  if (!("forward" in rule.action)) {
    const { statusCode } = rule.action.fixedResponse;
    // The rule of a route whose backends are missing answers so too; the caller cannot tell the two apart.
    throw new CallStopped({ layer: "rule", status: statusCode, reason: `rule ${rule.name} answers ${statusCode} itself` });
  }
  const group = chooseGroup(owner, rule.action.forward.targetGroups, chance);
  const targets = [...group.targets.values()].filter((target) => target.goneAt === null);
  const call = plane.callIn(owner);
  const seen = targets.map((target) => ({ target, status: targetSummary(call, group, target).status }));
  const eligible = eligibleOf(seen);
  const next = eligible[plane.turn(group.id) % Math.max(eligible.length, 1)];
  if (!next) throw new CallStopped({ layer: "targets", status: 503, reason: `target group ${group.name} has no targets` });
  return { group, target: next.target, status: next.status ?? "" };
}

/** Those that pass their checks or have none; if there is none of them, all of the group: fail-open. */
function eligibleOf<Seen extends { status: TargetSummary["status"] }>(seen: readonly Seen[]): readonly Seen[] {
  const fit = seen.filter(({ status }) => status === "HEALTHY" || status === "UNAVAILABLE");
  return fit.length > 0 ? fit : seen;
}

type Weighted = { readonly targetGroupIdentifier: string; readonly weight: number };

function chooseGroup(owner: RegionStore, groups: readonly Weighted[], chance: number): TargetGroupRecord {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  let left = chance * total;
  for (const { targetGroupIdentifier, weight } of groups) {
    left -= weight;
    if (weight === 0 || left >= 0) continue;
    const group = owner.targetGroups.find(targetGroupIdentifier);
    if (group) return group;
    throw new CallStopped({ layer: "target-groups", status: 503, reason: `target group ${targetGroupIdentifier} is gone` });
  }
  throw new CallStopped({ layer: "target-groups", status: 503, reason: "no target group of the rule has a weight" });
}
