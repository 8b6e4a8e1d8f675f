import { type Target, targetKey } from "../../domain/requests/request.ts";

export const CLUSTER_OBJECT = "Cluster";

/** Under which kind and key a cluster's changes of state are kept. */
export function transitionsOf(target: Target): [kind: string, key: string] {
  return [CLUSTER_OBJECT, targetKey(target)];
}
