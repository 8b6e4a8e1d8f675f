import type { ClusterIndex } from "../../../read-models/clusters/cluster-index.ts";

/** An installation in which no watch has seen a cluster. */
export const noClusters: ClusterIndex = {
  get: () => undefined,
  find: () => undefined,
  values: () => [].values(),
  row: () => undefined,
  version: () => 0,
  subscribe: () => () => undefined,
};
