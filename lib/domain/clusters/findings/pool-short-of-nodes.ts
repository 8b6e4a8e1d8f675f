import { isOlderThan, poolName, shortSince, wasUp } from "../observed-facts.ts";
import { SHORT_OF_NODES_MS } from "../status-limits.ts";
import { evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";
import { isFailed } from "./node-group-failed.ts";

/** TRL-CLU-009: a pool that has worked runs with fewer ready nodes than wanted, for longer than a scaling takes. */
export const poolShortOfNodes: FindingRule = (observed, now) =>
  observed.pools
    .filter(
      (pool) =>
        observed.deletingSince === null &&
        wasUp(pool, now) &&
        !isFailed(pool) &&
        pool.readyReplicas < pool.desired &&
        isOlderThan(shortSince(pool), SHORT_OF_NODES_MS, now),
    )
    .map((pool) =>
      findingOf({
        code: "TRL-CLU-009",
        rule: "poolShortOfNodes",
        severity: "warning",
        actor: "platform",
        values: { pool: poolName(pool, observed), ready: pool.readyReplicas, desired: pool.desired },
        evidence: [
          evidenceOf(
            pool.ref,
            "status.deprecated.v1beta1.readyReplicas",
            `${pool.readyReplicas} of ${pool.desired} · ${pool.phase ?? ""}`,
            shortSince(pool),
          ),
        ],
      }),
    );
