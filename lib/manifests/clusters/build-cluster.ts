import { SERVICE_CIDR } from "../../domain/clusters/cidr.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { CONTROL_PLANE, CORE, groupOf, INFRASTRUCTURE } from "../api-groups.ts";
import { DESCRIPTION } from "../keys.ts";
import { type ClusterToBuild, controlPlaneName, metadataOf } from "./cluster-to-build.ts";

/** Cluster (cluster.x-k8s.io, API reference v1beta2): references and the service CIDR, which EKS fixes at creation (cluster-api.md §2.1). */
export function buildCluster(cluster: ClusterToBuild): KubeObject {
  const { input } = cluster;
  return {
    apiVersion: CORE,
    kind: "Cluster",
    metadata: metadataOf(cluster, input.name, input.description === undefined ? {} : { [DESCRIPTION]: input.description }),
    spec: {
      clusterNetwork: { services: { cidrBlocks: [SERVICE_CIDR] } },
      controlPlaneRef: { apiGroup: groupOf(CONTROL_PLANE), kind: "AWSManagedControlPlane", name: controlPlaneName(input.name) },
      infrastructureRef: { apiGroup: groupOf(INFRASTRUCTURE), kind: "AWSManagedCluster", name: input.name },
    },
  };
}
