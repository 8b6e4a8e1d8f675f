import type { ObservedCluster, ObservedCondition, ObservedControlPlane, ObservedObject, ObservedPool } from "./observed-cluster.ts";

/** The moment at which test clusters are looked at. */
export const NOW = new Date("2026-11-22T12:00:00Z");

export function secondsAgo(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

export function condition(type: string, status: ObservedCondition["status"], more: Partial<ObservedCondition> = {}): ObservedCondition {
  return { type, status, reason: null, message: null, severity: null, at: secondsAgo(300), ...more };
}

export function trues(...types: readonly string[]): readonly ObservedCondition[] {
  return types.map((type) => condition(type, "True"));
}

function object(kind: string, name: string, more: Partial<ObservedObject> = {}): ObservedObject {
  return {
    // eslint-disable-next-line no-restricted-syntax -- a reference as tests name objects, not a manifest
    ref: { apiVersion: "cluster.x-k8s.io/v1beta2", kind, namespace: "team-payments", name },
    uid: `uid-${kind}-${name}`,
    createdAt: secondsAgo(3_600),
    deletingSince: null,
    hasFinalizers: true,
    labels: {},
    annotations: {},
    conditions: [],
    observedAt: secondsAgo(1),
    ...more,
  };
}

export const CONTROL_PLANE_TYPES = [
  "Ready",
  "VpcReady",
  "SubnetsReady",
  "InternetGatewayReady",
  "NatGatewaysReady",
  "RouteTablesReady",
  "ClusterSecurityGroupsReady",
  "IAMControlPlaneRolesReady",
  "EKSControlPlaneReady",
  "EKSAddonsConfigured",
  "IAMAuthenticatorConfigured",
];

export function controlPlane(more: Partial<ObservedControlPlane> = {}): ObservedControlPlane {
  return {
    ...object("AWSManagedControlPlane", "checkout-control-plane", { conditions: trues(...CONTROL_PLANE_TYPES) }),
    ready: true,
    initialized: true,
    failureMessage: null,
    version: "1.34",
    specVersion: "1.34",
    region: "ap-northeast-1",
    eksName: "team-payments_checkout",
    identity: { kind: "AWSClusterRoleIdentity", name: "trellis-team-payments-payments-prod" },
    endpoint: "https://checkout.example:443",
    vpcCidr: "10.48.0.0/16",
    vpcId: "vpc-0a1b2c3d",
    addons: [{ name: "coredns", version: "v1.12.4-eksbuild.1", status: "ACTIVE", issues: [] }],
    accessEntries: [],
    ...more,
  };
}

type Managed = NonNullable<ObservedPool["managed"]>;

export function managedPool(more: Partial<Managed> = {}): Managed {
  return {
    ...object("AWSManagedMachinePool", "checkout-general", { conditions: trues("Ready", "EKSNodegroupReady") }),
    ready: true,
    failureMessage: null,
    instanceType: "m7i.large",
    capacityType: "onDemand",
    amiType: "AL2023_x86_64_STANDARD",
    zones: ["ap-northeast-1a"],
    min: 2,
    max: 4,
    ...more,
  };
}

export function pool(more: Partial<ObservedPool> = {}): ObservedPool {
  return {
    ...object("MachinePool", "checkout-general", { conditions: trues("Ready", "ReplicasReady") }),
    desired: 3,
    readyReplicas: 3,
    phase: "Running",
    nodeRefs: 3,
    managed: managedPool(),
    ...more,
  };
}

/** A cluster in which everything is fine; tests say what is not. */
export function observedCluster(more: Partial<ObservedCluster> = {}): ObservedCluster {
  const initialized = condition("ControlPlaneInitialized", "True", { at: secondsAgo(600) });
  return {
    ...object("Cluster", "checkout", {
      conditions: [initialized, ...trues("InfrastructureReady", "RemoteConnectionProbe", "Available"), condition("Paused", "False")],
    }),
    managementCluster: "mgmt-local",
    namespace: "team-payments",
    name: "checkout",
    team: "payments",
    managed: true,
    visibility: "team",
    description: null,
    blueprint: "eks-standard@1",
    account: "payments-prod",
    request: "R-1001",
    paused: false,
    phase: "Provisioned",
    infrastructureProvisioned: true,
    controlPlaneInitialized: true,
    infrastructure: { ...object("AWSManagedCluster", "checkout"), ready: true },
    controlPlane: controlPlane(),
    pools: [pool()],
    freshAt: secondsAgo(1),
    ...more,
  };
}

/** A cluster on its way: the parts named are done, nothing else is. */
export function creatingCluster(done: readonly string[], more: Partial<ObservedCluster> = {}): ObservedCluster {
  const parts = done.map((type) => condition(type, "True", { at: secondsAgo(60) }));
  return observedCluster({
    createdAt: secondsAgo(120),
    conditions: [
      condition("InfrastructureReady", "True", { at: secondsAgo(119) }),
      condition("RemoteConnectionProbe", "False", { at: secondsAgo(119) }),
    ],
    controlPlaneInitialized: false,
    phase: "Provisioning",
    controlPlane: controlPlane({
      createdAt: secondsAgo(119),
      ready: false,
      initialized: false,
      version: null,
      endpoint: null,
      conditions: [condition("Ready", "False", { severity: "Info", at: secondsAgo(100) }), ...parts],
    }),
    pools: [
      pool({
        createdAt: secondsAgo(119),
        conditions: [],
        readyReplicas: 0,
        nodeRefs: 0,
        phase: "Pending",
        managed: managedPool({ createdAt: secondsAgo(119), ready: false, conditions: [] }),
      }),
    ],
    ...more,
  });
}
