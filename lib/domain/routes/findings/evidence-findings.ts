import { hasFreshEvidence } from "../../clusters/cluster-status.ts";
import type { Finding } from "../../clusters/finding.ts";
import { latticeEvidence } from "../lattice-evidence.ts";
import type { ObservedRoute } from "../observed-route.ts";
import { evidenceOf, latticeEvidenceOf, routeFindingOf } from "./route-finding-of.ts";

/** TRL-RTE-048 and 049: what is known is too old to light a lamp: the management cluster's watches, or Lattice. Looked at as of now, unlike every other rule. */
export function evidenceFindings(observed: ObservedRoute, now: Date): readonly Finding[] {
  const { freshAt, managementCluster } = observed;
  const watch = hasFreshEvidence(freshAt, now)
    ? []
    : [
        routeFindingOf({
          code: "TRL-RTE-048",
          rule: "watchOld",
          severity: "warning",
          actor: "platform",
          values: { managementCluster },
          evidence: [evidenceOf(observed.ref, "watch", freshAt?.toISOString() ?? "never", freshAt)],
        }),
      ];
  const { state, at } = latticeEvidence(observed, now);
  if (state === "fresh" || observed.deletingSince !== null) return watch;
  const lattice = routeFindingOf({
    code: "TRL-RTE-049",
    rule: state === "never" ? "latticeNever" : "latticeOld",
    severity: "warning",
    actor: "platform",
    values: { account: observed.lattice?.account ?? "–" },
    evidence: [latticeEvidenceOf(observed, observed.lattice?.account ?? "account", observed.lattice?.health.error ?? state, at)],
  });
  return [...watch, lattice];
}
