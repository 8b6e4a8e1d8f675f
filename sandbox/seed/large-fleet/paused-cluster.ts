import type { KubeObject } from "../../kube/kube-object.ts";

/** What a Cluster that nobody works on needs to be listed. Paused, the manager leaves it alone and adds only its condition. */
export function pausedCluster(cluster: {
  namespace: string;
  name: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  /** Kind; EKS's, unless another provider made it. */
  controlPlane?: "AWSManagedControlPlane" | "KubeadmControlPlane";
}): KubeObject & { spec: object } {
  const { namespace, name, labels, annotations = {}, controlPlane = "AWSManagedControlPlane" } = cluster;
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { name, namespace, labels, annotations },
    spec: {
      paused: true,
      clusterNetwork: { services: { cidrBlocks: ["172.20.0.0/16"] } },
      controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: controlPlane, name: `${name}-control-plane` },
      infrastructureRef: {
        apiGroup: "infrastructure.cluster.x-k8s.io",
        kind: controlPlane === "AWSManagedControlPlane" ? "AWSManagedCluster" : "AWSCluster",
        name,
      },
    },
  };
}
