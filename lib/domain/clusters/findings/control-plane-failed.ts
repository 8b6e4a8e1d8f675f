import { conditionOf } from "../observed-facts.ts";
import { evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";

/** TRL-CLU-007: EKS says the control plane failed. `EKSControlPlaneReady` may still read True beside it (cluster-api.md §3.3). */
export const controlPlaneFailed: FindingRule = ({ controlPlane, deletingSince }) => {
  if (controlPlane === null || controlPlane.failureMessage === null || deletingSince !== null) return [];
  return [
    findingOf({
      code: "TRL-CLU-007",
      rule: "controlPlaneFailed",
      severity: "error",
      actor: "platform",
      evidence: [
        evidenceOf(controlPlane.ref, "status.failureMessage", controlPlane.failureMessage, conditionOf(controlPlane, "Ready")?.at ?? null),
      ],
    }),
  ];
};
