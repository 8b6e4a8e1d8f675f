import { conditionOf, isOlderThan, isPaused, isPickedUp, pickUpDueFrom } from "../observed-facts.ts";
import { GRACE_MS } from "../status-limits.ts";
import { evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";

/** TRL-CLU-001: the AWS provider has not picked the control plane up. A refused identity is only in the controller's log (cluster-api.md §3.3, §11.1). */
export const identitySilent: FindingRule = (observed, now) => {
  const { controlPlane } = observed;
  if (controlPlane === null || isPaused(observed) || observed.deletingSince !== null) return [];
  if (isPickedUp(observed) || !isOlderThan(pickUpDueFrom(observed), GRACE_MS, now)) return [];
  const identity = controlPlane.identity === null ? "none" : `${controlPlane.identity.kind}/${controlPlane.identity.name}`;
  const paused = conditionOf(controlPlane, "Paused");
  return [
    findingOf({
      code: "TRL-CLU-001",
      rule: "identitySilent",
      severity: "error",
      actor: "platform",
      values: { identity },
      evidence: [
        evidenceOf(controlPlane.ref, "metadata.finalizers", "[]", controlPlane.createdAt),
        evidenceOf(
          controlPlane.ref,
          "status.conditions",
          paused === null ? "[]" : `${paused.type}=${paused.status} · ${paused.reason ?? ""}`,
          paused?.at ?? null,
        ),
        evidenceOf(controlPlane.ref, "spec.identityRef", identity, null),
      ],
    }),
  ];
};
