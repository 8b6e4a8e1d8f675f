export const CLUSTER_TABS = ["overview", "objects", "pools", "activity", "yaml"] as const;
export type ClusterTab = (typeof CLUSTER_TABS)[number];

/** Reads `?tab=`; what is unknown is the overview. */
export function readClusterTab(value: string | readonly string[] | undefined): ClusterTab {
  return CLUSTER_TABS.find((tab) => tab === value) ?? "overview";
}
