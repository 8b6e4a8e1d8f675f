import type { PoolInput } from "../../domain/clusters/create-cluster-input.ts";
import { poolObjectName } from "../../domain/clusters/eks-name.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { CORE, groupOf, INFRASTRUCTURE } from "../api-groups.ts";
import { type ClusterToBuild, metadataOf } from "./cluster-to-build.ts";

/**
 * MachinePool (cluster.x-k8s.io v1beta2) of one node group. `dataSecretName: ""` is how managed pools say that there is no bootstrap data;
 * the version needs its patch (cluster-api.md §2.2, §11.3).
 */
export function buildMachinePool(cluster: ClusterToBuild, pool: PoolInput): KubeObject {
  const { input } = cluster;
  const name = poolObjectName(input.name, pool.name);
  return {
    apiVersion: CORE,
    kind: "MachinePool",
    metadata: metadataOf(cluster, name),
    spec: {
      clusterName: input.name,
      replicas: pool.desired,
      template: {
        spec: {
          clusterName: input.name,
          version: `v${input.kubernetesVersion}.0`,
          bootstrap: { dataSecretName: "" },
          infrastructureRef: { apiGroup: groupOf(INFRASTRUCTURE), kind: "AWSManagedMachinePool", name },
        },
      },
    },
  };
}
