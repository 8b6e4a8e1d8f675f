import type { KubeObject } from "../../kube/kube-object.ts";

/** What a Cluster that nobody works on needs to be listed. Paused, the manager leaves it alone and adds only its condition. */
export function pausedCluster(cluster: {
  namespace: string;
  name: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}): KubeObject {
  const { namespace, name, labels, annotations = {} } = cluster;
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { name, namespace, labels, annotations },
    spec: {
      paused: true,
      clusterNetwork: { services: { cidrBlocks: ["172.20.0.0/16"] } },
      controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: "AWSManagedControlPlane", name: `${name}-control-plane` },
      infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSManagedCluster", name },
    },
  };
}
