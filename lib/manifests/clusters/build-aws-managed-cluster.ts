import type { KubeObject } from "../../domain/requests/plan.ts";
import { INFRASTRUCTURE } from "../api-groups.ts";
import { type ClusterToBuild, metadataOf } from "./cluster-to-build.ts";

/** AWSManagedCluster (CAPA v1beta2): its spec belongs to the controller, so it is sent empty (cluster-api.md §2.2). */
export function buildAwsManagedCluster(cluster: ClusterToBuild): KubeObject {
  return { apiVersion: INFRASTRUCTURE, kind: "AWSManagedCluster", metadata: metadataOf(cluster, cluster.input.name), spec: {} };
}
