import { conditionOf, isOlderThan } from "../observed-facts.ts";
import { DELETE_LONG_MS } from "../status-limits.ts";
import { conditionEvidence, type FindingRule, findingOf } from "./finding-of.ts";

/** TRL-CLU-005: what a deletion waits for, in Cluster API's own words (cluster-api.md §3.1 `Deleting`, §4.5). */
export const deleteWaiting: FindingRule = (observed, now) => {
  const condition = conditionOf(observed, "Deleting");
  if (observed.deletingSince === null || condition?.status !== "True") return [];
  const isLong = isOlderThan(observed.deletingSince, DELETE_LONG_MS, now);
  return [
    findingOf({
      code: "TRL-CLU-005",
      rule: isLong ? "deleteLong" : "deleteWaiting",
      severity: isLong ? "warning" : "info",
      actor: isLong ? "platform" : "nobody",
      evidence: [conditionEvidence(observed, condition)],
    }),
  ];
};
