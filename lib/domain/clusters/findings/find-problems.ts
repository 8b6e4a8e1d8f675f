import { FINDING_ACTORS, type Finding } from "../finding.ts";
import type { ObservedCluster } from "../observed-cluster.ts";
import { addonDegraded } from "./addon-degraded.ts";
import { clusterPaused } from "./cluster-paused.ts";
import { conditionError } from "./condition-error.ts";
import { connectionLost } from "./connection-lost.ts";
import { controlPlaneFailed } from "./control-plane-failed.ts";
import { deleteWaiting } from "./delete-waiting.ts";
import type { FindingRule } from "./finding-of.ts";
import { foreignIdentity } from "./foreign-identity.ts";
import { identitySilent } from "./identity-silent.ts";
import { nodeGroupFailed } from "./node-group-failed.ts";
import { objectsMissing } from "./objects-missing.ts";
import { poolShortOfNodes } from "./pool-short-of-nodes.ts";

/** Every rule about one cluster; "evidence too old" (TRL-CLU-006) is added by the status itself. */
const RULES: readonly FindingRule[] = [
  identitySilent,
  nodeGroupFailed,
  clusterPaused,
  connectionLost,
  deleteWaiting,
  controlPlaneFailed,
  addonDegraded,
  poolShortOfNodes,
  objectsMissing,
  foreignIdentity,
  conditionError,
];

const SEVERITIES = ["error", "warning", "info"];

/** All findings of a cluster as of `now`, ordered by who must act, then by severity. Never throws. */
export function findProblems(observed: ObservedCluster, now: Date): readonly Finding[] {
  return RULES.flatMap((rule) => rule(observed, now)).sort(byActor);
}

export function byActor(one: Finding, other: Finding): number {
  const actors = FINDING_ACTORS.indexOf(one.actor) - FINDING_ACTORS.indexOf(other.actor);
  return actors !== 0 ? actors : SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity);
}
