import { conditionOf, isPaused } from "../observed-facts.ts";
import { evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";

/** TRL-CLU-003: nobody works on the cluster's objects while it is paused; AWS goes on (cluster-api.md §4.4). */
export const clusterPaused: FindingRule = (observed) => {
  if (!isPaused(observed)) return [];
  const condition = conditionOf(observed, "Paused");
  return [
    findingOf({
      code: "TRL-CLU-003",
      rule: observed.deletingSince === null ? "paused" : "pausedDeleting",
      severity: observed.deletingSince === null ? "info" : "warning",
      actor: "platform",
      evidence: [
        evidenceOf(
          observed.ref,
          observed.paused ? "spec.paused" : "status.conditions[Paused]",
          observed.paused ? "true" : (condition?.reason ?? "True"),
          condition?.at ?? null,
        ),
      ],
    }),
  ];
};
