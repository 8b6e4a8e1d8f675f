import type { ObservedCluster } from "../observed-cluster.ts";
import { isOlderThan } from "../observed-facts.ts";
import { GRACE_MS } from "../status-limits.ts";
import { evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";

/** TRL-CLU-010: an object the cluster is made of is not there (cluster-api.md §3.5 step 3). */
export const objectsMissing: FindingRule = (observed, now) =>
  missingObjects(observed, now).map((kind) =>
    findingOf({
      code: "TRL-CLU-010",
      rule: "objectsMissing",
      severity: "error",
      actor: "platform",
      values: { kind },
      evidence: [evidenceOf(observed.ref, "spec", `${kind}: not found`, observed.createdAt)],
    }),
  );

/** Kinds of objects that should have been there for a minute. */
export function missingObjects(observed: ObservedCluster, now: Date): readonly string[] {
  if (!observed.managed || observed.deletingSince !== null || !isOlderThan(observed.createdAt, GRACE_MS, now)) return [];
  const pools = observed.pools.filter(
    (pool) => pool.managed === null && pool.deletingSince === null && isOlderThan(pool.createdAt, GRACE_MS, now),
  );
  return [
    ...(observed.infrastructure === null ? ["AWSManagedCluster"] : []),
    ...(observed.controlPlane === null ? ["AWSManagedControlPlane"] : []),
    ...(observed.pools.length === 0 ? ["MachinePool"] : []),
    ...pools.map((pool) => `AWSManagedMachinePool ${pool.ref.name}`),
  ];
}
