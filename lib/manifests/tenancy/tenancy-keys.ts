/** Marks the namespaces of tenants. */
export const TENANT = "trellis.internal/tenant";
export const QUOTA_NAME = "trellis";
/** The one ClusterRole that the portal may bind (deploy/rbac): `get` on Secrets by name. */
export const KUBECONFIG_ROLE = "trellis-cluster-kubeconfig";
/** The gateway controller's class and its name for itself (lattice.md §1.2), and the option that names an ACM certificate (§1.3). */
export const GATEWAY_CLASS = "amazon-vpc-lattice";
export const GATEWAY_CONTROLLER = "application-networking.k8s.aws/gateway-api-controller";
export const CERTIFICATE_ARN = "application-networking.k8s.aws/certificate-arn";
