import { type Target, targetKey } from "../../domain/requests/request.ts";

export const CLUSTER_OBJECT = "Cluster";
export const ROUTE_OBJECT = "Route";
/** Everything whose changes of state are kept. */
export const TRACKED_OBJECTS = [CLUSTER_OBJECT, ROUTE_OBJECT] as const;
export type TrackedObject = (typeof TRACKED_OBJECTS)[number];

/** Under which kind and key a cluster's changes of state are kept. */
export function transitionsOf(target: Target): [kind: string, key: string] {
  return [CLUSTER_OBJECT, targetKey(target)];
}
