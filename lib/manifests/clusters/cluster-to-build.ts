import type { BlueprintData } from "../../domain/clusters/blueprint.ts";
import type { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import type { BootstrapAccount } from "../../domain/tenancy/bootstrap.ts";
import { ACCOUNT, BLUEPRINT, CLUSTER_NAME, MANAGED_BY, TEAM, TRELLIS, VISIBILITY } from "../keys.ts";

/** Everything the builders need; checked against the blueprint before it comes here. */
export type ClusterToBuild = {
  readonly team: string;
  readonly namespace: string;
  readonly input: CreateClusterInput;
  readonly blueprint: { readonly id: string; readonly version: number; readonly data: BlueprintData };
  readonly account: BootstrapAccount;
};

/** Name, namespace, labels and annotations of one object of a cluster. */
export function metadataOf(cluster: ClusterToBuild, name: string, annotations: Readonly<Record<string, string>> = {}) {
  const { input, blueprint } = cluster;
  return {
    name,
    namespace: cluster.namespace,
    labels: {
      [MANAGED_BY]: TRELLIS,
      [CLUSTER_NAME]: input.name,
      [TEAM]: cluster.team,
      [ACCOUNT]: input.account,
      [VISIBILITY]: input.visibility,
    },
    annotations: { [BLUEPRINT]: `${blueprint.id}@${blueprint.version}`, ...annotations },
  };
}

export function controlPlaneName(cluster: string): string {
  return `${cluster}-control-plane`;
}
