import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import type { CallOptions, WatchedKind } from "./port.ts";
import type { Transport } from "./transport.ts";

/** One kind of one version: where it lives in the API. */
export type Resource = { readonly apiVersion: string; readonly kind: string; readonly plural: string; readonly namespaced: boolean };

const CLUSTER_API = "cluster.x-k8s.io/v1beta2";
const CAPA_INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";
const RBAC = "rbac.authorization.k8s.io/v1";
const GATEWAY = "gateway.networking.k8s.io/v1";
const LATTICE = "application-networking.k8s.aws/v1alpha1";

/** The kinds Trellis itself uses; any other kind is asked from the server. */
const KNOWN: readonly Resource[] = [
  { apiVersion: CLUSTER_API, kind: "Cluster", plural: "clusters", namespaced: true },
  { apiVersion: CLUSTER_API, kind: "MachinePool", plural: "machinepools", namespaced: true },
  {
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
    kind: "AWSManagedControlPlane",
    plural: "awsmanagedcontrolplanes",
    namespaced: true,
  },
  { apiVersion: CAPA_INFRASTRUCTURE, kind: "AWSManagedCluster", plural: "awsmanagedclusters", namespaced: true },
  { apiVersion: CAPA_INFRASTRUCTURE, kind: "AWSManagedMachinePool", plural: "awsmanagedmachinepools", namespaced: true },
  { apiVersion: CAPA_INFRASTRUCTURE, kind: "AWSClusterRoleIdentity", plural: "awsclusterroleidentities", namespaced: false },
  { apiVersion: CAPA_INFRASTRUCTURE, kind: "AWSClusterControllerIdentity", plural: "awsclustercontrolleridentities", namespaced: false },
  { apiVersion: "v1", kind: "Namespace", plural: "namespaces", namespaced: false },
  { apiVersion: "v1", kind: "ResourceQuota", plural: "resourcequotas", namespaced: true },
  { apiVersion: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true },
  { apiVersion: "v1", kind: "Secret", plural: "secrets", namespaced: true },
  { apiVersion: "v1", kind: "Event", plural: "events", namespaced: true },
  { apiVersion: "v1", kind: "Service", plural: "services", namespaced: true },
  { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", plural: "endpointslices", namespaced: true },
  { apiVersion: GATEWAY, kind: "GatewayClass", plural: "gatewayclasses", namespaced: false },
  { apiVersion: GATEWAY, kind: "Gateway", plural: "gateways", namespaced: true },
  { apiVersion: GATEWAY, kind: "HTTPRoute", plural: "httproutes", namespaced: true },
  { apiVersion: GATEWAY, kind: "GRPCRoute", plural: "grpcroutes", namespaced: true },
  { apiVersion: GATEWAY, kind: "TLSRoute", plural: "tlsroutes", namespaced: true },
  { apiVersion: GATEWAY, kind: "ReferenceGrant", plural: "referencegrants", namespaced: true },
  { apiVersion: LATTICE, kind: "ServiceImport", plural: "serviceimports", namespaced: true },
  { apiVersion: LATTICE, kind: "ServiceExport", plural: "serviceexports", namespaced: true },
  { apiVersion: LATTICE, kind: "TargetGroupPolicy", plural: "targetgrouppolicies", namespaced: true },
  { apiVersion: LATTICE, kind: "IAMAuthPolicy", plural: "iamauthpolicies", namespaced: true },
  { apiVersion: LATTICE, kind: "AccessLogPolicy", plural: "accesslogpolicies", namespaced: true },
  { apiVersion: LATTICE, kind: "VpcAssociationPolicy", plural: "vpcassociationpolicies", namespaced: true },
  { apiVersion: RBAC, kind: "RoleBinding", plural: "rolebindings", namespaced: true },
  { apiVersion: RBAC, kind: "Role", plural: "roles", namespaced: true },
  { apiVersion: RBAC, kind: "ClusterRole", plural: "clusterroles", namespaced: false },
];

const NEGATIVE_TTL_MS = 5_000;
const ResourceList = z.object({ resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })) });

export function knownResource(apiVersion: string, kind: string): Resource | undefined {
  return KNOWN.find((known) => known.apiVersion === apiVersion && known.kind === kind);
}

/** The one resource of a kind that Trellis watches. A kind that is missing from the table is a bug. */
export function resourceOfKind(kind: WatchedKind): Resource {
  const known = KNOWN.find((one) => one.kind === kind);
  if (!known) throw new Error(`no path for the watched kind ${kind}`);
  return known;
}

/** Finds the path of any served kind; discovery answers are kept per group and version. */
export function createResourceFinder(transport: Transport): (apiVersion: string, kind: string, options?: CallOptions) => Promise<Resource> {
  const discovered = new Map<string, { readonly resources: readonly Resource[]; readonly at: number }>();

  return async (apiVersion, kind, options) => {
    const known = knownResource(apiVersion, kind);
    if (known) return known;
    const kept = discovered.get(apiVersion);
    const hit = kept?.resources.find((one) => one.kind === kind);
    if (hit) return hit;
    if (!kept || performance.now() - kept.at > NEGATIVE_TTL_MS) {
      const resources = await discover(transport, apiVersion, options);
      discovered.set(apiVersion, { resources, at: performance.now() });
      const found = resources.find((one) => one.kind === kind);
      if (found) return found;
    }
    throw kindMissing(transport.clusterId, apiVersion, kind);
  };
}

/** The management cluster does not serve this kind: its CRD or controller is not installed. */
export function kindMissing(cluster: string, apiVersion: string, kind: string): PortalError {
  return new PortalError("PRECONDITION", "kubernetes.kindMissing", { cluster, apiVersion, kind });
}

async function discover(transport: Transport, apiVersion: string, options: CallOptions | undefined): Promise<readonly Resource[]> {
  const answer = await transport.call({ method: "GET", path: apiRoot(apiVersion), kind: "APIResourceList" }, options);
  if (answer.status === 404) return [];
  const list = ResourceList.safeParse(answer.json);
  if (answer.status !== 200 || !list.success)
    throw new PortalError("UNAVAILABLE", "kubernetes.unavailable", { cluster: transport.clusterId, status: answer.status });
  return list.data.resources
    .filter((one) => !one.name.includes("/"))
    .map((one) => ({ apiVersion, kind: one.kind, plural: one.name, namespaced: one.namespaced }));
}

function apiRoot(apiVersion: string): string {
  const segments = apiVersion.split("/");
  if (segments.length > 2) throw badReference(apiVersion);
  return `${segments.length === 1 ? "/api" : "/apis"}/${segments.map(toSegment).join("/")}`;
}

/** The path of a collection, or of one object in it. Throws `INTERNAL` for a namespaced kind without a namespace, and for names that would leave the path. */
export function resourcePath(
  resource: Resource,
  where: { readonly namespace?: string; readonly name?: string; readonly allNamespaces?: boolean },
): string {
  const parts = [apiRoot(resource.apiVersion)];
  if (resource.namespaced && !where.allNamespaces) parts.push("namespaces", toSegment(where.namespace ?? ""));
  parts.push(toSegment(resource.plural));
  if (where.name !== undefined) parts.push(toSegment(where.name));
  return parts.join("/");
}

function toSegment(name: string): string {
  // The rule of the API server for path segments; `..` would be resolved away before the request is sent.
  if (name === "" || name === "." || name === ".." || /[/%\\?#]|\s/.test(name)) throw badReference(name);
  return encodeURIComponent(name);
}

function badReference(name: string): PortalError {
  return new PortalError("INTERNAL", "kubernetes.badReference", { name });
}
