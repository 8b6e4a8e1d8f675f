import { apiPaths } from "../../lib/paths.ts";

/** What the shell shows of each management cluster; the door may say more. */
export type ManagementClusters = {
  readonly items: readonly { readonly id: string; readonly connected: boolean; readonly freshAt: string | null }[];
};

export const managementKeys = { key: ["management-clusters"], url: apiPaths.managementClusters() } as const;
