import type { PoolInput } from "../../domain/clusters/create-cluster-input.ts";
import { poolObjectName } from "../../domain/clusters/eks-name.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { INFRASTRUCTURE } from "../api-groups.ts";
import { type ClusterToBuild, metadataOf } from "./cluster-to-build.ts";

/** AWSManagedMachinePool (CAPA v1beta2), one EKS node group: image family, both scaling bounds and capacity are always pinned (cluster-api.md §10.6). */
export function buildAwsManagedMachinePool(cluster: ClusterToBuild, pool: PoolInput): KubeObject {
  const { fixed } = cluster.blueprint.data;
  const { network } = cluster.input;
  const name = poolObjectName(cluster.input.name, pool.name);
  return {
    apiVersion: INFRASTRUCTURE,
    kind: "AWSManagedMachinePool",
    metadata: metadataOf(cluster, name),
    spec: {
      eksNodegroupName: name,
      amiType: fixed.amiType,
      instanceType: pool.instanceType,
      capacityType: pool.capacityType,
      diskSize: pool.diskSizeGiB,
      scaling: { minSize: pool.min, maxSize: pool.max },
      updateConfig: { maxUnavailable: fixed.maxUnavailable },
      nodeRepairConfig: { enabled: fixed.nodeRepair },
      ...(network.mode === "existing" ? { subnetIDs: [...network.subnetIds] } : {}),
    },
  };
}
