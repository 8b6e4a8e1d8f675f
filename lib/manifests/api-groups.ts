/** The API versions the portal speaks: core v1beta2 of Cluster API, and CAPA's v1beta2 (cluster-api.md §1). */
export const CORE = "cluster.x-k8s.io/v1beta2";
export const CONTROL_PLANE = "controlplane.cluster.x-k8s.io/v1beta2";
export const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Gateway API's standard channel, and the gateway controller's own kinds (lattice.md §1.1). */
export const GATEWAY_API = "gateway.networking.k8s.io/v1";
export const LATTICE_API = "application-networking.k8s.aws/v1alpha1";

/** A v1beta2 reference holds the group without its version (cluster-api.md §1.1). */
export function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, apiVersion.indexOf("/"));
}
