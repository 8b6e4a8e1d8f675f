import { firstNodesAt, isOlderThan } from "../observed-facts.ts";
import { FIRST_NODES_MS } from "../status-limits.ts";
import { evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";

const BAD = /^(DEGRADED|CREATE_FAILED|UPDATE_FAILED|DELETE_FAILED)$/;

/** TRL-CLU-008: an add-on is not healthy. Until shortly after the first nodes a degraded one is expected (cluster-api.md §4.8, §10.12). */
export const addonDegraded: FindingRule = (observed, now) => {
  const { controlPlane, deletingSince } = observed;
  if (controlPlane === null || deletingSince !== null) return [];
  const nodesAt = firstNodesAt(observed);
  const isEarly = nodesAt === null || !isOlderThan(nodesAt, FIRST_NODES_MS, now);
  return controlPlane.addons
    .filter(({ status }) => status !== null && BAD.test(status))
    .map((addon) => {
      const isExpected = addon.status === "DEGRADED" && isEarly;
      return findingOf({
        code: "TRL-CLU-008",
        rule: isExpected ? "addonBeforeNodes" : "addonDegraded",
        severity: isExpected ? "info" : "warning",
        actor: isExpected ? "nobody" : "platform",
        values: { addon: addon.name, version: addon.version },
        evidence: [evidenceOf(controlPlane.ref, `status.addons[${addon.name}]`, [addon.status ?? "", ...addon.issues].join(" · "), null)],
      });
    });
};
