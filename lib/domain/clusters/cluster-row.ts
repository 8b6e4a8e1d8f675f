import type { ClusterRowView, ClusterStatus } from "./cluster-view.ts";
import type { ObservedCluster } from "./observed-cluster.ts";
import { nodesOf } from "./observed-facts.ts";

/** `managementCluster/namespace/name`: the key of a cluster in lists, topics and the index. */
export function clusterKey(cluster: { readonly managementCluster: string; readonly namespace: string; readonly name: string }): string {
  return `${cluster.managementCluster}/${cluster.namespace}/${cluster.name}`;
}

/** One row of the list. The open request is added by the service that reads the database. */
export function toClusterRow(observed: ObservedCluster, status: ClusterStatus): ClusterRowView {
  return {
    key: clusterKey(observed),
    managementCluster: observed.managementCluster,
    namespace: observed.namespace,
    name: observed.name,
    team: observed.team,
    managed: observed.managed,
    visibility: observed.visibility,
    state: status.state,
    stuck: status.stuck,
    glyph: status.glyph,
    sentence: status.sentence,
    since: status.since,
    evidenceAt: status.evidenceAt,
    version: observed.controlPlane?.version ?? observed.controlPlane?.specVersion ?? null,
    account: observed.account,
    region: observed.controlPlane?.region ?? null,
    blueprint: observed.blueprint,
    nodes: observed.pools.length === 0 ? null : { ...nodesOf(observed) },
    findings: status.findings.filter(({ severity }) => severity !== "info").length,
    openRequest: null,
  };
}
