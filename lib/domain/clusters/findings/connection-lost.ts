import { conditionOf, connectionDueFrom, isOlderThan } from "../observed-facts.ts";
import { GRACE_MS } from "../status-limits.ts";
import { conditionEvidence, type FindingRule, findingOf } from "./finding-of.ts";

/** TRL-CLU-004: the management cluster cannot reach the tenant's API server although AWS says it runs (cluster-api.md §3.5 step 7). */
export const connectionLost: FindingRule = (observed, now) => {
  const probe = conditionOf(observed, "RemoteConnectionProbe");
  if (probe?.status !== "False" || observed.deletingSince !== null) return [];
  if (
    observed.controlPlane?.ready !== true ||
    !observed.controlPlane.initialized ||
    !isOlderThan(connectionDueFrom(observed), GRACE_MS, now)
  )
    return [];
  return [
    findingOf({
      code: "TRL-CLU-004",
      rule: "connectionLost",
      severity: "error",
      actor: "platform",
      values: { endpoint: observed.controlPlane.endpoint ?? "" },
      evidence: [conditionEvidence(observed, probe)],
    }),
  ];
};
