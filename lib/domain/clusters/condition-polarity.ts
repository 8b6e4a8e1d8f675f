import type { Glyph } from "./cluster-view.ts";
import type { ObservedCondition } from "./observed-cluster.ts";

/**
 * How each condition type is to be read (cluster-api.md §3.1–3.3, §10.2). `positive`: True is good. `negative`: False is normal. `progress`: True
 * while work runs (CAPA's inverse types). A type that is not listed is shown neutrally, never red.
 */
export const CONDITION_POLARITY: Readonly<Record<string, "positive" | "negative" | "progress">> = {
  Available: "positive",
  Ready: "positive",
  TopologyReconciled: "positive",
  InfrastructureReady: "positive",
  ControlPlaneInitialized: "positive",
  ControlPlaneAvailable: "positive",
  ControlPlaneReady: "positive",
  ControlPlaneMachinesReady: "positive",
  ControlPlaneMachinesUpToDate: "positive",
  WorkersAvailable: "positive",
  WorkerMachinesReady: "positive",
  WorkerMachinesUpToDate: "positive",
  RemoteConnectionProbe: "positive",
  BootstrapReady: "positive",
  ReplicasReady: "positive",
  VpcReady: "positive",
  SecondaryCidrsReady: "positive",
  SubnetsReady: "positive",
  InternetGatewayReady: "positive",
  EgressOnlyInternetGatewayReady: "positive",
  CarrierGatewayReady: "positive",
  NatGatewaysReady: "positive",
  RouteTablesReady: "positive",
  VpcEndpointsReadyCondition: "positive",
  ClusterSecurityGroupsReady: "positive",
  BastionHostReady: "positive",
  IAMControlPlaneRolesReady: "positive",
  EKSControlPlaneReady: "positive",
  EKSAddonsConfigured: "positive",
  EKSIdentityProviderConfigured: "positive",
  IAMAuthenticatorConfigured: "positive",
  PrincipalUsageAllowed: "positive",
  PrincipalCredentialRetrieved: "positive",
  EKSNodegroupReady: "positive",
  IAMNodegroupRolesReady: "positive",
  LaunchTemplateReady: "positive",
  LifecycleHookReady: "positive",
  RollingOut: "negative",
  ScalingUp: "negative",
  ScalingDown: "negative",
  Remediating: "negative",
  Deleting: "negative",
  Paused: "negative",
  EKSControlPlaneCreating: "progress",
  EKSControlPlaneUpdating: "progress",
  EKSFargateCreating: "progress",
  EKSFargateDeleting: "progress",
};

/** The shape that stands for one condition. */
export function conditionGlyph({ type, status, severity }: Pick<ObservedCondition, "type" | "status" | "severity">): Glyph {
  const polarity = Object.hasOwn(CONDITION_POLARITY, type) ? CONDITION_POLARITY[type] : undefined;
  if (polarity === undefined || status === "Unknown") return "unknown";
  if (polarity === "progress") return status === "True" ? "progressing" : "ok";
  if (polarity === "negative") return status === "False" ? "ok" : (NEGATIVE_GLYPHS[type] ?? "progressing");
  if (status === "True") return "ok";
  if (severity === "Error") return "failed";
  return severity === "Info" ? "progressing" : "attention";
}

const NEGATIVE_GLYPHS: Readonly<Record<string, Glyph>> = { Paused: "paused", Deleting: "deleting", Remediating: "attention" };
