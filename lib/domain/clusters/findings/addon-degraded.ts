import { evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";

const BAD = /^(DEGRADED|CREATE_FAILED|UPDATE_FAILED|DELETE_FAILED)$/;

/** TRL-CLU-008: an add-on is not healthy. Before the first node a degraded one is expected (cluster-api.md §4.8, §10.12). */
export const addonDegraded: FindingRule = ({ controlPlane, pools, deletingSince }) => {
  if (controlPlane === null || deletingSince !== null) return [];
  const hasNodes = pools.some(({ readyReplicas }) => readyReplicas > 0);
  return controlPlane.addons
    .filter(({ status }) => status !== null && BAD.test(status))
    .map((addon) => {
      const isExpected = addon.status === "DEGRADED" && !hasNodes;
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
