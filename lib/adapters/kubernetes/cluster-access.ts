/** Where one management cluster's address and credential come from. */
export type ClusterAccess = { readonly id: string; readonly kubeconfigPath: string } | { readonly id: string; readonly inCluster: true };
