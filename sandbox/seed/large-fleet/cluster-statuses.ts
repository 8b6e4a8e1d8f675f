import { type Resource, resources } from "../../kube/kube-object.ts";
import { nodeIds } from "./cluster-objects.ts";
import type { FleetCluster } from "./plan-fleet.ts";

const minute = 60_000;
type Condition = { type: string; status: "True" | "False"; severity?: string; reason?: string; message?: string };
/** What is written beside the specs of one object of a cluster; `spec` is what CAPA itself adds to it. */
export type FleetStatus = { readonly resource: Resource; readonly name: string; readonly spec?: object; readonly status: object };

/**
 * What CAPA would have written below a cluster in this state, and what Cluster API would have counted in its node group. The status of the
 * Cluster itself is left to the real manager, which reads these; it reaches the API server at `port`.
 */
export function clusterStatuses(cluster: FleetCluster, { now, port }: { now: Date; port: number }): FleetStatus[] {
  const { name, state } = cluster;
  if (state === "unknown" || state === "paused") return [];
  const endpoint = { controlPlaneEndpoint: { host: "https://127.0.0.1", port } };
  const at = (condition: Condition, minutesAgo = 0) => ({
    ...condition,
    lastTransitionTime: `${new Date(now.getTime() - minutesAgo * minute).toISOString().slice(0, 19)}Z`,
  });
  const isMade = state !== "creating" && state !== "failed";
  const status = (resource: Resource, of: string, written: object, spec?: object): FleetStatus => ({
    resource,
    name: of,
    status: written,
    ...(spec === undefined ? {} : { spec }),
  });
  return [
    status(resources.managedControlPlane, `${name}-control-plane`, controlPlane(cluster, at), isMade ? endpoint : undefined),
    ...(isMade ? nodeGroup(cluster, at, status) : []),
    // Last: from here on Cluster API connects.
    status(
      resources.managedCluster,
      name,
      { ready: true, conditions: [at({ type: "Ready", status: "True" })] },
      isMade ? endpoint : undefined,
    ),
  ];
}

type At = (condition: Condition, minutesAgo?: number) => object;

function controlPlane({ state }: FleetCluster, at: At): object {
  const done = (...types: string[]) => types.map((type) => at({ type, status: "True" }));
  const network = done("VpcReady", "SubnetsReady", "ClusterSecurityGroupsReady", "IAMControlPlaneRolesReady");
  if (state === "creating" || state === "failed") {
    const failure = "failed to create EKS cluster: UnsupportedAvailabilityZoneException: the target zone does not have sufficient capacity";
    const failed = { severity: "Error", reason: "EKSControlPlaneReconciliationFailed", message: failure };
    const summary = { severity: "Info", reason: "EKSControlPlaneCreating", message: "4 of 7 completed" };
    const isFailed = state === "failed";
    return {
      ready: false,
      initialized: false,
      ...(isFailed ? { failureMessage: failure } : {}),
      conditions: [
        ...network,
        ...(isFailed ? [at({ type: "EKSControlPlaneReady", status: "False", ...failed })] : done("EKSControlPlaneCreating")),
        at({ type: "Ready", status: "False", ...(isFailed ? failed : summary) }),
      ],
    };
  }
  const isUpgrading = state === "upgrading";
  const issue = {
    code: "InsufficientNumberOfReplicas",
    message: "The add-on doesn't have the desired number of replicas.",
    resourceIds: [],
  };
  return {
    ready: true,
    initialized: true,
    version: isUpgrading ? "1.33" : "1.34",
    addons: [
      { name: "vpc-cni", version: "v1.20.4-eksbuild.2", status: "ACTIVE" },
      {
        name: "coredns",
        version: "v1.12.4-eksbuild.1",
        ...(state === "addon" ? { status: "DEGRADED", issues: [issue] } : { status: "ACTIVE" }),
      },
    ].map((addon) => ({ ...addon, arn: `arn:aws:eks:ap-northeast-1:000000000000:addon/${addon.name}` })),
    conditions: [
      ...network,
      ...done("EKSControlPlaneReady", "EKSAddonsConfigured", "EKSIdentityProviderConfigured", "IAMAuthenticatorConfigured", "Ready"),
      at({ type: "EKSControlPlaneCreating", status: "False", severity: "Info", reason: "created" }),
      ...(isUpgrading ? [at({ type: "EKSControlPlaneUpdating", status: "True" })] : []),
    ],
  };
}

function nodeGroup(
  cluster: FleetCluster,
  at: At,
  status: (resource: Resource, name: string, written: object) => FleetStatus,
): FleetStatus[] {
  const isShort = cluster.state === "short";
  const nodes = nodeIds(cluster).slice(0, isShort ? Math.ceil(cluster.nodes / 2) : undefined);
  const name = `${cluster.name}-general`;
  const count = { replicas: cluster.nodes, readyReplicas: nodes.length, availableReplicas: nodes.length };
  const short = { status: "False", reason: "NotReady", message: `${nodes.length} of ${cluster.nodes} replicas are ready` } as const;
  const condition = (type: string) => at({ type, ...(isShort ? short : { status: "True", reason: type, message: "" }) }, isShort ? 25 : 0);
  const active = ["EKSNodegroupReady", "IAMNodegroupRolesReady", "Ready"].map((type) => at({ type, status: "True" }, 30));
  return [
    status(resources.managedMachinePool, name, { ready: true, replicas: nodes.length, conditions: active }),
    status(resources.machinePool, name, {
      ...count,
      upToDateReplicas: cluster.nodes,
      phase: isShort ? "ScalingUp" : "Running",
      initialization: { infrastructureProvisioned: true, bootstrapDataSecretCreated: true },
      nodeRefs: nodes.map((node) => ({ apiVersion: "v1", kind: "Node", name: node.name })),
      conditions: [condition("ReplicasReady"), condition("Available")],
      deprecated: { v1beta1: { readyReplicas: nodes.length, availableReplicas: nodes.length } },
    }),
  ];
}
