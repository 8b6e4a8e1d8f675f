import type { ObservedPool } from "../observed-cluster.ts";
import { conditionOf, poolName } from "../observed-facts.ts";
import { conditionEvidence, evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";

/** TRL-CLU-002: an EKS node group could not be created or changed. The cause itself stands only in AWS (cluster-api.md §3.3). */
export const nodeGroupFailed: FindingRule = (observed) =>
  observed.pools.filter(isFailed).map((pool) => {
    const condition = conditionOf(pool.managed, "EKSNodegroupReady");
    const raw = [pool.managed?.failureMessage, condition?.message].filter((text) => text != null).join(" · ");
    const evidence =
      pool.managed === null
        ? []
        : [evidenceOf(pool.managed.ref, "status.failureMessage", pool.managed.failureMessage ?? "", condition?.at ?? null)];
    return findingOf({
      code: "TRL-CLU-002",
      rule: "nodeGroupFailed",
      severity: "error",
      actor: /insufficient\w*capacity/i.test(raw) ? "aws" : "platform",
      values: { pool: poolName(pool, observed), type: pool.managed?.instanceType ?? "", capacity: pool.managed?.capacityType ?? "" },
      evidence: [...evidence, ...(condition === null || pool.managed === null ? [] : [conditionEvidence(pool.managed, condition)])],
    });
  });

/** Failed by its own message, or by a condition that asks for attention. */
export function isFailed({ managed }: ObservedPool): boolean {
  if (managed === null || managed.deletingSince !== null) return false;
  const condition = conditionOf(managed, "EKSNodegroupReady");
  return managed.failureMessage !== null || (condition?.status === "False" && condition.severity === "Error");
}
