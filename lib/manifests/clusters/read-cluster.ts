import { teamOfNamespace } from "../../domain/clusters/eks-name.ts";
import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";
import { ACCOUNT, BLUEPRINT, DESCRIPTION, MANAGED_BY, REQUEST, TRELLIS, VISIBILITY } from "../keys.ts";
import { flagAt, textAt } from "../safe-read.ts";
import { readControlPlane, readEndpoint } from "./read-control-plane.ts";
import { readObject, type Seen } from "./read-object.ts";
import { readPool, type SeenPool } from "./read-pool.ts";

/** The objects of one cluster as the watch caches hold them; null and absent pools are missing objects. */
export type SeenCluster = {
  readonly managementCluster: string;
  readonly cluster: Seen;
  readonly infrastructure: Seen | null;
  readonly controlPlane: Seen | null;
  readonly pools: readonly SeenPool[];
  readonly freshAt: Date | null;
};

/** Watched objects → what we know of a cluster. Reads hostile objects too: it never throws and holds no secret. */
export function readCluster(seen: SeenCluster): ObservedCluster {
  const { object } = seen.cluster;
  const own = readObject(seen.cluster);
  const namespace = object.metadata.namespace ?? "";
  const team = teamOfNamespace(namespace);
  const controlPlane = seen.controlPlane === null ? null : readControlPlane(seen.controlPlane);
  return {
    ...own,
    managementCluster: seen.managementCluster,
    namespace,
    name: object.metadata.name,
    team,
    managed: team !== null && own.labels[MANAGED_BY] === TRELLIS,
    visibility: own.labels[VISIBILITY] === "organisation" ? "organisation" : "team",
    description: own.annotations[DESCRIPTION] ?? null,
    blueprint: own.annotations[BLUEPRINT] ?? null,
    account: own.labels[ACCOUNT] ?? null,
    request: own.annotations[REQUEST] ?? null,
    paused: flagAt(object, "spec", "paused"),
    phase: textAt(object, "status", "phase"),
    infrastructureProvisioned: flagAt(object, "status", "initialization", "infrastructureProvisioned"),
    controlPlaneInitialized: flagAt(object, "status", "initialization", "controlPlaneInitialized"),
    infrastructure:
      seen.infrastructure === null
        ? null
        : { ...readObject(seen.infrastructure), ready: flagAt(seen.infrastructure.object, "status", "ready") },
    controlPlane: controlPlane === null ? null : { ...controlPlane, endpoint: controlPlane.endpoint ?? readEndpoint(object) },
    pools: seen.pools.map(readPool),
    freshAt: seen.freshAt,
  };
}
