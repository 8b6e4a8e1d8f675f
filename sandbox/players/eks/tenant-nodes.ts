import { z } from "zod";
import type { KubeClient } from "../../kube/kube-client.ts";
import { KubeObject, resources } from "../../kube/kube-object.ts";
import type { NodeGroup } from "./eks-objects.ts";
import { awsId, fraction } from "./pace.ts";

const clusterLabel = "eks.amazonaws.com/cluster";
const nodeGroupLabel = "eks.amazonaws.com/nodegroup";
const patches: Record<string, string> = { "1.31": "1.31.13", "1.32": "1.32.9", "1.33": "1.33.5", "1.34": "1.34.1", "1.35": "1.35.0" };
const Node = KubeObject.extend({ spec: z.looseObject({ providerID: z.string().optional() }).optional() });
export type TenantNode = { name: string; providerId: string };

export type NodeGroupSpec = { cluster: string; pool: NodeGroup; region: string; zones: string[]; version: string };

/** The nodes of one node group as its workload API server has them. */
export async function listNodes(client: KubeClient, spec: NodeGroupSpec): Promise<TenantNode[]> {
  const labelSelector = `${clusterLabel}=${labelValue(spec.cluster)},${nodeGroupLabel}=${labelValue(groupName(spec.pool))}`;
  const { items } = await client.list(resources.node, { labelSelector });
  return items
    .map((item) => ({ name: item.metadata.name, providerId: Node.parse(item).spec?.providerID ?? "" }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Joins one more node: spread over the zones, Ready, with the provider id Cluster API matches it by. */
export async function addNode(client: KubeClient, spec: NodeGroupSpec, ordinal: number): Promise<TenantNode> {
  const seed = `${spec.pool.metadata.uid ?? ""}/${ordinal}`;
  const zone = spec.zones[ordinal % Math.max(spec.zones.length, 1)] ?? `${spec.region}a`;
  const instance = awsId("i", seed);
  const name = `ip-10-0-${Math.floor(fraction(seed) * 254) + 1}-${Math.floor(fraction(`${seed}/host`) * 250) + 4}.${spec.region}.compute.internal`;
  const taints = (spec.pool.spec.taints ?? []).map((taint) => ({
    key: taint.key,
    value: taint.value ?? "",
    effect: taintEffects[taint.effect] ?? taint.effect,
  }));
  const node = { name, providerId: `aws:///${zone}/${instance}` };
  await client.apply(resources.node, {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": (spec.pool.spec.amiType ?? "").includes("ARM") ? "arm64" : "amd64",
        "node.kubernetes.io/instance-type": spec.pool.spec.instanceType ?? "m6i.large",
        "topology.kubernetes.io/region": spec.region,
        "topology.kubernetes.io/zone": zone,
        "eks.amazonaws.com/capacityType": spec.pool.spec.capacityType === "spot" ? "SPOT" : "ON_DEMAND",
        [nodeGroupLabel]: labelValue(groupName(spec.pool)),
        [clusterLabel]: labelValue(spec.cluster),
        ...spec.pool.spec.labels,
      },
    },
    spec: { providerID: node.providerId, ...(taints.length > 0 ? { taints } : {}) },
  });
  await client.merge(resources.node, { name }, { status: nodeStatus(spec, name) }, "/status");
  return node;
}

export async function removeNodes(client: KubeClient, nodes: TenantNode[]): Promise<void> {
  await Promise.all(nodes.map((node) => client.delete(resources.node, { name: node.name })));
}

/** Removes what a deleted cluster left on a shared API server. */
export async function removeNodesOfCluster(client: KubeClient, cluster: string): Promise<void> {
  const { items } = await client.list(resources.node, { labelSelector: `${clusterLabel}=${labelValue(cluster)}` });
  await Promise.all(items.map((item) => client.delete(resources.node, { name: item.metadata.name })));
}

const taintEffects: Record<string, string> = {
  "no-schedule": "NoSchedule",
  "no-execute": "NoExecute",
  "prefer-no-schedule": "PreferNoSchedule",
};

function nodeStatus(spec: NodeGroupSpec, name: string): object {
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  const arm = (spec.pool.spec.amiType ?? "").includes("ARM");
  const version = `v${patches[spec.version] ?? `${spec.version}.0`}-eks-113cf36`;
  const resourcesOfNode = { cpu: "4", memory: "16Gi", pods: "58", "ephemeral-storage": "80Gi" };
  return {
    capacity: resourcesOfNode,
    allocatable: resourcesOfNode,
    addresses: [{ type: "Hostname", address: name }],
    nodeInfo: {
      kubeletVersion: version,
      kubeProxyVersion: version,
      osImage: (spec.pool.spec.amiType ?? "").startsWith("BOTTLEROCKET") ? "Bottlerocket OS" : "Amazon Linux 2023",
      containerRuntimeVersion: "containerd://2.1.4",
      kernelVersion: "6.12.40",
      operatingSystem: "linux",
      architecture: arm ? "arm64" : "amd64",
      machineID: "",
      systemUUID: "",
      bootID: "",
    },
    conditions: [
      {
        type: "Ready",
        status: "True",
        reason: "KubeletReady",
        message: "kubelet is posting ready status",
        lastHeartbeatTime: time,
        lastTransitionTime: time,
      },
    ],
  };
}

function groupName(pool: NodeGroup): string {
  return pool.spec.eksNodegroupName ?? pool.metadata.name;
}

function labelValue(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_.-]/g, "_").slice(0, 63);
}
