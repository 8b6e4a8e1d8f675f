import type { KubeObject } from "../../domain/requests/plan.ts";
import { buildAwsManagedCluster } from "./build-aws-managed-cluster.ts";
import { buildAwsManagedControlPlane } from "./build-aws-managed-control-plane.ts";
import { buildAwsManagedMachinePool } from "./build-aws-managed-machine-pool.ts";
import { buildCluster } from "./build-cluster.ts";
import { buildMachinePool } from "./build-machine-pool.ts";
import type { ClusterToBuild } from "./cluster-to-build.ts";

/**
 * All objects of a cluster in the order they are applied. The Cluster comes first: the namespace's quota counts Clusters, so a refusal
 * leaves nothing behind.
 */
export function buildClusterObjects(cluster: ClusterToBuild): readonly KubeObject[] {
  const pools = cluster.input.pools.flatMap((pool) => [buildMachinePool(cluster, pool), buildAwsManagedMachinePool(cluster, pool)]);
  return [buildCluster(cluster), buildAwsManagedCluster(cluster), buildAwsManagedControlPlane(cluster), ...pools];
}
