import { teamNamespace } from "../../domain/clusters/eks-name.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { MANAGED_BY, TEAM, TRELLIS } from "../keys.ts";
import { QUOTA_NAME } from "./tenancy-keys.ts";
import type { TenancyTeam } from "./tenancy-to-build.ts";

/** `ResourceQuota` (core/v1), object count quota for a custom resource: the second wall behind the portal's own quota. */
export function buildTeamQuota({ id, clusterQuota }: TenancyTeam): KubeObject {
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { namespace: teamNamespace(id), name: QUOTA_NAME, labels: { [MANAGED_BY]: TRELLIS, [TEAM]: id } },
    spec: { hard: { "count/clusters.cluster.x-k8s.io": String(clusterQuota) } },
  };
}
