import type { KubeObject } from "../../kube/kube-object.ts";
import { heldLabel } from "../../players/eks/held.ts";
import { pausedCluster } from "./paused-cluster.ts";
import { type FleetCluster, fleetRegion } from "./plan-fleet.ts";

const addons = [
  { name: "vpc-cni", version: "v1.20.4-eksbuild.2", conflictResolution: "overwrite" },
  { name: "coredns", version: "v1.12.4-eksbuild.1", conflictResolution: "overwrite" },
];
const groupOf = (cluster: FleetCluster) => `${cluster.name}-general`;

/** A cluster of the large fleet as the portal would have rendered it, in short; one in state `unknown` was made by somebody else, on EC2. */
export function clusterObjects(cluster: FleetCluster): KubeObject[] {
  const { team, name, vpc, visibility, state } = cluster;
  const namespace = `team-${team}`;
  if (state === "unknown")
    return [pausedCluster({ namespace, name, labels: { [heldLabel]: "true" }, controlPlane: "KubeadmControlPlane" })];
  const labels = {
    "app.kubernetes.io/managed-by": "trellis",
    "cluster.x-k8s.io/cluster-name": name,
    "trellis.internal/team": team,
    "trellis.internal/account": vpc.account.id,
    "trellis.internal/visibility": visibility,
    [heldLabel]: "true",
  };
  const annotations = { "trellis.internal/blueprint": "eks-private@1" };
  const described = { ...annotations, "trellis.internal/description": descriptionOf(cluster) };
  const { spec, ...whole } = pausedCluster({ namespace, name, labels, annotations: described });
  return [
    state === "paused" ? { ...whole, spec } : { ...whole, spec: { ...spec, paused: false } },
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
        addons,
      },
    },
    ...nodeGroup(cluster, { namespace, labels, annotations }),
  ];
}

/** Its nodes are only counted: Cluster API leaves the paused MachinePool alone. */
function nodeGroup(cluster: FleetCluster, place: Pick<KubeObject["metadata"], "namespace" | "labels" | "annotations">): KubeObject[] {
  const name = groupOf(cluster);
  const infrastructureRef = { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSManagedMachinePool", name };
  return [
    {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "MachinePool",
      metadata: { ...place, name, annotations: { ...place.annotations, "cluster.x-k8s.io/paused": "true" } },
      spec: {
        clusterName: cluster.name,
        replicas: cluster.nodes,
        template: { spec: { clusterName: cluster.name, version: "v1.34.0", bootstrap: { dataSecretName: "" }, infrastructureRef } },
      },
    },
    {
      apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
      kind: "AWSManagedMachinePool",
      metadata: { ...place, name },
      spec: {
        eksNodegroupName: name,
        amiType: "AL2023_x86_64_STANDARD",
        instanceType: "m7i.xlarge",
        capacityType: "onDemand",
        scaling: { minSize: 2, maxSize: cluster.nodes + 4 },
        providerIDList: nodeIds(cluster).map(({ zone, instance }) => `aws:///${zone}/${instance}`),
      },
    },
  ];
}

/** Names and instances that follow from the cluster's own. */
export function nodeIds({ vpc, nodes, name }: FleetCluster): { name: string; zone: string; instance: string }[] {
  const [first = "10", second = "64"] = vpc.cidr.split(".");
  const place = Number(/\d+$/.exec(name)?.[0] ?? "0");
  return Array.from({ length: nodes }, (_, n) => ({
    name: `ip-${first}-${second}-${n % 2 === 0 ? 4 : 20}-${n + 10}.${fleetRegion}.compute.internal`,
    zone: `${fleetRegion}${n % 2 === 0 ? "a" : "c"}`,
    instance: `i-0f1ee7${place.toString(16).padStart(8, "0")}${n.toString(16).padStart(3, "0")}`,
  }));
}

function descriptionOf({ team, name }: FleetCluster): string {
  const part = name.replace(/-\d+$/, "");
  return team === "payments" ? `The ${part} of card payments.` : `The ${part} of the web shop.`;
}
