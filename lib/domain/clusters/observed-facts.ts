import type { ObservedCluster, ObservedCondition, ObservedObject, ObservedPool } from "./observed-cluster.ts";
import { FIRST_NODES_MS, LATER_POOL_MS, SHORT_OF_NODES_MS } from "./status-limits.ts";

/** Small questions to observed objects that rules and steps share. */

export function conditionOf(object: ObservedObject | null, type: string): ObservedCondition | null {
  return object?.conditions.find((condition) => condition.type === type) ?? null;
}

export function isTrue(object: ObservedObject | null, type: string): boolean {
  return conditionOf(object, type)?.status === "True";
}

export function latest(...dates: readonly (Date | null | undefined)[]): Date | null {
  const times = dates.flatMap((date) => (date == null ? [] : [date.getTime()]));
  return times.length === 0 ? null : new Date(Math.max(...times));
}

export function earliest(...dates: readonly (Date | null | undefined)[]): Date | null {
  const times = dates.flatMap((date) => (date == null ? [] : [date.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** An unknown start counts as long ago. */
export function isOlderThan(date: Date | null, ms: number, now: Date): boolean {
  return date === null || now.getTime() - date.getTime() >= ms;
}

export function isPaused(observed: ObservedCluster): boolean {
  return observed.paused || isTrue(observed, "Paused") || isTrue(observed.controlPlane, "Paused");
}

/** The AWS provider has touched the control plane: its finalizer, or its summary condition. A refused identity leaves neither (cluster-api.md §11.1). */
export function isPickedUp({ controlPlane }: ObservedCluster): boolean {
  return controlPlane !== null && (controlPlane.hasFinalizers || conditionOf(controlPlane, "Ready") !== null);
}

/** From when on the provider should have picked the control plane up: it waits for the infrastructure first (cluster-api.md §4.1). */
export function pickUpDueFrom(observed: ObservedCluster): Date | null {
  return latest(observed.controlPlane?.createdAt, conditionOf(observed, "InfrastructureReady")?.at);
}

/** When AWS called the node group active; before that, when it was made. */
export function upSince(pool: ObservedPool): Date | null {
  return conditionOf(pool.managed, "EKSNodegroupReady")?.at ?? pool.createdAt;
}

/**
 * The pool has had its nodes once, so that a shortfall is no longer its first start. No object keeps that fact, and the pool's own conditions
 * read True before the first node (seen on the real manager), so an active node group gets a while to bring its nodes.
 */
export function wasUp(pool: ObservedPool, now: Date): boolean {
  if (isUp(pool)) return true;
  const hasNodes = pool.nodeRefs > 0 || pool.readyReplicas > 0;
  if (pool.managed?.ready !== true) return hasNodes;
  return isOlderThan(upSince(pool), hasNodes ? FIRST_NODES_MS : SHORT_OF_NODES_MS, now);
}

export function isUp(pool: ObservedPool): boolean {
  return pool.managed?.ready === true && pool.readyReplicas >= pool.desired;
}

/** Made together with its cluster, so that the cluster is not complete without it. */
export function isOriginal(pool: ObservedPool, { createdAt }: ObservedCluster): boolean {
  return pool.createdAt === null || createdAt === null || pool.createdAt.getTime() - createdAt.getTime() < LATER_POOL_MS;
}

/** A probe that fails since before the control plane was initialised never succeeded; `ControlPlaneInitialized` is set once and stays. */
export function wasConnected(observed: ObservedCluster): boolean {
  const probe = conditionOf(observed, "RemoteConnectionProbe");
  const initialized = conditionOf(observed, "ControlPlaneInitialized");
  if (probe === null) return false;
  return (
    probe.status === "True" || (probe.at !== null && initialized?.status === "True" && initialized.at !== null && probe.at > initialized.at)
  );
}

/** Every part has worked once: from here on trouble is a degradation, not a creation that does not end. */
export function isEstablished(observed: ObservedCluster, now: Date): boolean {
  const originals = observed.pools.filter((pool) => isOriginal(pool, observed));
  const everMade = observed.controlPlaneInitialized && (observed.controlPlane?.initialized ?? true);
  return everMade && wasConnected(observed) && originals.length > 0 && originals.every((pool) => wasUp(pool, now));
}

/** From when on a missing connection says something: after the control plane could be reached at all. */
export function connectionDueFrom(observed: ObservedCluster): Date | null {
  const probe = conditionOf(observed, "RemoteConnectionProbe");
  return latest(probe?.at, conditionOf(observed.controlPlane, "Ready")?.at, conditionOf(observed, "ControlPlaneInitialized")?.at);
}

/** Since when a pool is short of nodes, as far as its conditions say. One that still reads True lags behind the counters: then since this version was seen. */
export function shortSince(pool: ObservedPool): Date | null {
  const condition = conditionOf(pool, "ReplicasReady") ?? conditionOf(pool, "Ready");
  if (condition === null) return pool.createdAt;
  return condition.status === "True" ? pool.observedAt : condition.at;
}

/** When the first node group that has ready nodes became active; add-ons need a moment more. Null while no node is ready. */
export function firstNodesAt({ pools }: ObservedCluster): Date | null {
  return earliest(...pools.filter(({ readyReplicas }) => readyReplicas > 0).map(upSince));
}

/** The pool's own name, without the cluster's in front. */
export function poolName(pool: ObservedPool, { name }: ObservedCluster): string {
  return pool.ref.name.startsWith(`${name}-`) ? pool.ref.name.slice(name.length + 1) : pool.ref.name;
}

export function nodesOf({ pools }: ObservedCluster): { readonly ready: number; readonly desired: number } {
  return { ready: pools.reduce((sum, pool) => sum + pool.readyReplicas, 0), desired: pools.reduce((sum, pool) => sum + pool.desired, 0) };
}
