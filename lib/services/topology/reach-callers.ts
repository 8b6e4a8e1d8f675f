import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import { type CallerAddress, parseReachCaller } from "../../domain/topology/parse-reach-caller.ts";
import type { ReachFrom } from "../../domain/topology/reach-facts.ts";
import { canSeeCluster } from "../clusters/visible-clusters.ts";
import type { ReachableService, ReachReads } from "./reach-services.ts";

/** Who calls, of those the actor may ask about; null when there is no such caller or it is not hers to see: the same. */
export function findReachCaller(
  reads: ReachReads,
  asked: { readonly caller: string; readonly vpc: string | null },
  service: ReachableService,
): ReachFrom | null {
  const address = parseReachCaller(asked.caller);
  if (address === null) return null;
  if (asked.vpc !== null && !isKnownVpc(reads, asked.vpc)) return null;
  switch (address.kind) {
    case "vpc":
      return isKnownVpc(reads, address.vpcId) ? vpcCaller(address.vpcId, knownVpcs(reads).get(address.vpcId) ?? null) : null;
    case "role":
      return roleCaller(address, asked.vpc, service);
    case "cluster":
    case "service-account": {
      const cluster = reads.clusters.find(address.namespace, address.name);
      if (cluster === undefined || !canSeeCluster(reads.actor, cluster)) return null;
      return address.kind === "cluster" ? clusterCaller(reads, cluster) : podCaller(reads, cluster, address);
    }
  }
}

/** Every cluster and VPC the actor may ask about. */
export function reachCallers(reads: ReachReads): readonly ReachFrom[] {
  const clusters = visibleClusters(reads).map((cluster) => clusterCaller(reads, cluster));
  const vpcs = [...knownVpcs(reads)].sort(([one], [other]) => (one < other ? -1 : 1)).map(([vpcId, team]) => vpcCaller(vpcId, team));
  return [...clusters, ...vpcs];
}

export function visibleClusters({ clusters, actor }: Pick<ReachReads, "clusters" | "actor">): readonly ObservedCluster[] {
  return [...clusters.values()]
    .filter((cluster) => canSeeCluster(actor, cluster))
    .sort((one, other) => (`${one.namespace}/${one.name}` < `${other.namespace}/${other.name}` ? -1 : 1));
}

/** Pods of the cluster as they call without signing. */
export function clusterCaller(reads: ReachReads, cluster: ObservedCluster): ReachFrom {
  const { namespace, name, team } = cluster;
  return {
    view: { id: `cluster/${namespace}/${name}`, kind: "cluster", name, team, vpcId: vpcOfCluster(reads, cluster), roleArn: null },
    signs: false,
    sessionTags: {},
  };
}

/** A pod that signs with the role of its service account: which one is not known, its session tags are (lattice.md §3.5). */
function podCaller(reads: ReachReads, cluster: ObservedCluster, address: Extract<CallerAddress, { kind: "service-account" }>): ReachFrom {
  const { namespace, name, kubeNamespace, serviceAccount } = address;
  const eksName = cluster.controlPlane?.eksName ?? null;
  return {
    view: {
      id: `cluster/${namespace}/${name}/${kubeNamespace}/${serviceAccount}`,
      kind: "service-account",
      name: `${kubeNamespace}/${serviceAccount} (${name})`,
      team: cluster.team,
      vpcId: vpcOfCluster(reads, cluster),
      roleArn: null,
    },
    signs: true,
    sessionTags: {
      "kubernetes-namespace": kubeNamespace,
      "kubernetes-service-account": serviceAccount,
      ...(eksName === null ? {} : { "eks-cluster-name": eksName }),
    },
  };
}

function vpcCaller(vpcId: string, team: string | null): ReachFrom {
  return { view: { id: `vpc/${vpcId}`, kind: "vpc", name: vpcId, team, vpcId, roleArn: null }, signs: false, sessionTags: {} };
}

/** A role says nothing about where it calls from, unless the service's list of callers does. */
function roleCaller({ roleArn }: Extract<CallerAddress, { kind: "role" }>, vpc: string | null, { route }: ReachableService): ReachFrom {
  const listed = route?.consumers.find((one) => one.roleArn === roleArn);
  const name = listed?.name ?? roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return {
    view: { id: `role/${roleArn}`, kind: "role", name, team: listed?.team ?? null, vpcId: vpc ?? listed?.vpcId ?? null, roleArn },
    signs: true,
    sessionTags: {},
  };
}

/** As its objects say it, else as the platform configured it. */
function vpcOfCluster({ networking }: Pick<ReachReads, "networking">, { namespace, name, controlPlane }: ObservedCluster): string | null {
  if (controlPlane?.vpcId != null) return controlPlane.vpcId;
  const consumers = networking.config.serviceNetworks.flatMap((network) => network.consumers);
  return consumers.find(({ cluster }) => cluster === `${namespace}/${name}`)?.vpcId ?? null;
}

function isKnownVpc(reads: ReachReads, vpcId: string): boolean {
  return knownVpcs(reads).has(vpcId);
}

/** VPCs of clusters the actor sees, and of networks her teams use; for platform admins of every network. The value is the team, where one is known. */
function knownVpcs(reads: ReachReads): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  const add = (vpcId: string | null | undefined, team: string | null) => {
    if (vpcId != null && found.get(vpcId) == null) found.set(vpcId, team);
  };
  for (const cluster of visibleClusters(reads)) add(vpcOfCluster(reads, cluster), cluster.team);
  for (const { network, account } of usableNetworks(reads)) {
    for (const { vpcId, team } of network.consumers) add(vpcId, team ?? null);
    for (const { vpcId } of reads.facts.vpcAssociations(account.id, network.name)?.value ?? []) add(vpcId, null);
  }
  return found;
}

/** Networks that the actor's teams publish to or call through; all of them for platform admins. */
export function usableNetworks({ actor, networking }: Pick<ReachReads, "actor" | "networking">): NetworksOf {
  const isAdmin = holds(actor, "network.read", { type: "installation" });
  return networking.networks.filter(({ network }) => isAdmin || isMember(actor, [...network.publishers, ...network.callers]));
}
type NetworksOf = ReachReads["networking"]["networks"];

function isMember(actor: Actor, teams: readonly string[]): boolean {
  return actor.type === "person" && actor.memberships.some(({ teamId }) => teams.includes(teamId));
}
