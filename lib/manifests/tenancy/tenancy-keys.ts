/** Marks the namespaces of tenants. */
export const TENANT = "trellis.internal/tenant";
export const QUOTA_NAME = "trellis";
/** The one ClusterRole that the portal may bind (deploy/rbac): `get` on Secrets by name. */
export const KUBECONFIG_ROLE = "trellis-cluster-kubeconfig";
