import type { ObservedCluster } from "../observed-cluster.ts";
import type { StepId } from "../status-limits.ts";
import { conditionEvidence, type FindingRule, findingOf } from "./finding-of.ts";

/** The control plane's parts in the order in which they are made, and the step each belongs to (cluster-api.md §3.5 step 5). */
export const CONTROL_PLANE_PARTS: readonly { readonly type: string; readonly step: StepId }[] = [
  { type: "VpcReady", step: "network" },
  { type: "SecondaryCidrsReady", step: "network" },
  { type: "SubnetsReady", step: "network" },
  { type: "InternetGatewayReady", step: "network" },
  { type: "EgressOnlyInternetGatewayReady", step: "network" },
  { type: "CarrierGatewayReady", step: "network" },
  { type: "NatGatewaysReady", step: "network" },
  { type: "RouteTablesReady", step: "network" },
  { type: "VpcEndpointsReadyCondition", step: "network" },
  { type: "ClusterSecurityGroupsReady", step: "network" },
  { type: "BastionHostReady", step: "network" },
  { type: "IAMControlPlaneRolesReady", step: "iam" },
  { type: "EKSControlPlaneReady", step: "control-plane" },
  { type: "EKSAddonsConfigured", step: "addons" },
  { type: "IAMAuthenticatorConfigured", step: "addons" },
];

/** TRL-CLU-012: the earliest part of the control plane that stopped with an error; later ones only follow from it. */
export const conditionError: FindingRule = (observed) => {
  const failed = failedPart(observed);
  if (failed === null) return [];
  const { type, step, condition, controlPlane } = failed;
  return [
    findingOf({
      code: "TRL-CLU-012",
      rule: "conditionError",
      severity: "error",
      actor: "platform",
      values: { part: type, step, reason: condition.reason ?? "" },
      evidence: [conditionEvidence(controlPlane, condition)],
    }),
  ];
};

/** The earliest failed part, with the step it belongs to; null while nothing asks for attention. */
export function failedPart({ controlPlane, deletingSince }: ObservedCluster) {
  if (controlPlane === null || deletingSince !== null) return null;
  for (const { type, step } of CONTROL_PLANE_PARTS) {
    const condition = controlPlane.conditions.find((one) => one.type === type && one.status === "False" && one.severity === "Error");
    if (condition !== undefined) return { type, step, condition, controlPlane };
  }
  return null;
}
