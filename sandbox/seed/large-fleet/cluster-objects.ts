import type { KubeObject } from "../../kube/kube-object.ts";
import { pausedCluster } from "./paused-cluster.ts";
import { type FleetCluster, fleetRegion } from "./plan-fleet.ts";

export const fleetLabel = "sandbox.trellis.internal/large-fleet";

/** A cluster of the large fleet as the portal would have rendered it, without node groups: nobody makes its nodes. */
export function clusterObjects(cluster: FleetCluster): KubeObject[] {
  const { team, name, vpc, visibility } = cluster;
  const namespace = `team-${team}`;
  const labels = {
    "app.kubernetes.io/managed-by": "trellis",
    "cluster.x-k8s.io/cluster-name": name,
    "trellis.internal/team": team,
    "trellis.internal/account": vpc.account.id,
    "trellis.internal/visibility": visibility,
    [fleetLabel]: "true",
  };
  const annotations = { "trellis.internal/blueprint": "eks-private@1" };
  return [
    pausedCluster({ namespace, name, labels, annotations }),
    {
      apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
      kind: "AWSManagedCluster",
      metadata: { name, namespace, labels, annotations },
      spec: {},
    },
    {
      apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
      kind: "AWSManagedControlPlane",
      metadata: {
        name: `${name}-control-plane`,
        namespace,
        labels,
        annotations: { ...annotations, "trellis.internal/aws-account": vpc.account.number },
      },
      spec: {
        eksClusterName: `team-${team}_${name}`,
        region: fleetRegion,
        version: "v1.34",
        identityRef: { kind: "AWSClusterRoleIdentity", name: `trellis-team-${team}-${vpc.account.id}` },
        network: { vpc: { id: vpc.id, cidrBlock: vpc.cidr } },
        endpointAccess: { public: false, private: true },
      },
    },
  ];
}

/** The status that a cluster of its age would have. */
export function clusterStatus({ nodes }: FleetCluster, at: string): object {
  const condition = (type: string, status: "True" | "False", reason: string) => ({
    type,
    status,
    reason,
    message: "",
    lastTransitionTime: at,
  });
  return {
    phase: "Provisioned",
    initialization: { controlPlaneInitialized: true, infrastructureProvisioned: true },
    conditions: [
      condition("Available", "True", "Available"),
      condition("RemoteConnectionProbe", "True", "ProbeSucceeded"),
      condition("InfrastructureReady", "True", "Ready"),
      condition("ControlPlaneInitialized", "True", "Initialized"),
      condition("ControlPlaneAvailable", "True", "Available"),
      condition("WorkersAvailable", "True", "Available"),
      condition("Deleting", "False", "NotDeleting"),
    ],
    workers: { desiredReplicas: nodes, replicas: nodes, readyReplicas: nodes, availableReplicas: nodes, upToDateReplicas: nodes },
  };
}

/** Of the control plane and of the infrastructure, in CAPA's words. */
export const readyStatus = (at: string): object => ({
  ready: true,
  conditions: [{ type: "Ready", status: "True", lastTransitionTime: at }],
});
