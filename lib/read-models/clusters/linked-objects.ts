import type { ManagementClusterPort, WatchCache, Watched, WatchedKind } from "../../adapters/kubernetes/port.ts";
import type { SeenCluster } from "../../manifests/clusters/read-cluster.ts";
import { textAt } from "../../manifests/safe-read.ts";

/** The kinds a cluster is read from. */
export const CLUSTER_KINDS = [
  "Cluster",
  "AWSManagedCluster",
  "AWSManagedControlPlane",
  "MachinePool",
  "AWSManagedMachinePool",
] as const satisfies readonly WatchedKind[];
export type ClusterKind = (typeof CLUSTER_KINDS)[number];

export type ClusterCaches = Readonly<Record<ClusterKind, WatchCache>>;

export function cachesOf(port: ManagementClusterPort): ClusterCaches {
  return {
    Cluster: port.watch("Cluster"),
    AWSManagedCluster: port.watch("AWSManagedCluster"),
    AWSManagedControlPlane: port.watch("AWSManagedControlPlane"),
    MachinePool: port.watch("MachinePool"),
    AWSManagedMachinePool: port.watch("AWSManagedMachinePool"),
  };
}

/** Names a watched object across kinds. */
export function linkOf(kind: ClusterKind, key: string): string {
  return `${kind}/${key}`;
}

/** The Cluster a MachinePool belongs to, as `namespace/name`; null when it names none. */
export function clusterOfPool({ object }: Watched): string | null {
  const name = textAt(object, "spec", "clusterName");
  return name === null ? null : `${object.metadata.namespace ?? ""}/${name}`;
}

/** The objects of one cluster in the caches, and the links it was read through, also those that led nowhere: a later event on one of them touches this cluster. */
export function collect(
  caches: ClusterCaches,
  cluster: Watched,
  poolKeys: Iterable<string>,
): { readonly seen: Omit<SeenCluster, "managementCluster" | "freshAt">; readonly links: readonly string[] } {
  const namespace = cluster.object.metadata.namespace ?? "";
  const links: string[] = [];
  const follow = (kind: ClusterKind, from: Watched, path: readonly string[]): Watched | null => {
    const name = textAt(from.object, ...path, "name");
    if (name === null || textAt(from.object, ...path, "kind") !== kind) return null;
    const key = `${namespace}/${name}`;
    links.push(linkOf(kind, key));
    return caches[kind].get(key) ?? null;
  };
  const infrastructure = follow("AWSManagedCluster", cluster, ["spec", "infrastructureRef"]);
  const controlPlane = follow("AWSManagedControlPlane", cluster, ["spec", "controlPlaneRef"]);
  const pools = [...poolKeys].sort().flatMap((key) => {
    const pool = caches.MachinePool.get(key);
    return pool === undefined
      ? []
      : [{ pool, managed: follow("AWSManagedMachinePool", pool, ["spec", "template", "spec", "infrastructureRef"]) }];
  });
  return { seen: { cluster, infrastructure, controlPlane, pools }, links };
}

/** The oldest proof of completeness over the kinds a cluster is read from; null while one was never listed. */
export function freshAtOf(caches: ClusterCaches): Date | null {
  const times = CLUSTER_KINDS.map((kind) => caches[kind].health().freshAt?.getTime() ?? null);
  return times.some((time) => time === null) ? null : new Date(Math.min(...times.map(Number)));
}
