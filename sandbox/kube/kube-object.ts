import { z } from "zod";

/** What every Kubernetes object has; the rest is read by the schema of its kind. */
export const KubeObject = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    generation: z.number().optional(),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    ownerReferences: z.array(z.looseObject({ kind: z.string(), name: z.string(), uid: z.string() })).optional(),
  }),
});
export type KubeObject = z.infer<typeof KubeObject>;

/** A resource's place in the API: group "" is the core group. */
export type Resource = { group: string; version: string; plural: string; kind: string; namespaced: boolean };

const capi = (plural: string, kind: string): Resource => ({
  group: "cluster.x-k8s.io",
  version: "v1beta2",
  plural,
  kind,
  namespaced: true,
});
const infrastructure = (plural: string, kind: string, namespaced = true): Resource => ({
  group: "infrastructure.cluster.x-k8s.io",
  version: "v1beta2",
  plural,
  kind,
  namespaced,
});
const core = (plural: string, kind: string, namespaced = true): Resource => ({ group: "", version: "v1", plural, kind, namespaced });
const rbac = (plural: string, kind: string, namespaced: boolean): Resource => ({
  group: "rbac.authorization.k8s.io",
  version: "v1",
  plural,
  kind,
  namespaced,
});
const apps = (plural: string, kind: string): Resource => ({ group: "apps", version: "v1", plural, kind, namespaced: true });
const gateway = (plural: string, kind: string, namespaced = true): Resource => ({
  group: "gateway.networking.k8s.io",
  version: "v1",
  plural,
  kind,
  namespaced,
});
const applicationNetworking = (plural: string, kind: string): Resource => ({
  group: "application-networking.k8s.aws",
  version: "v1alpha1",
  plural,
  kind,
  namespaced: true,
});
const admission = (plural: string, kind: string): Resource => ({
  group: "admissionregistration.k8s.io",
  version: "v1",
  plural,
  kind,
  namespaced: false,
});

/** The resources the sandbox reads or writes by name. */
export const resources = {
  cluster: capi("clusters", "Cluster"),
  machinePool: capi("machinepools", "MachinePool"),
  managedCluster: infrastructure("awsmanagedclusters", "AWSManagedCluster"),
  managedMachinePool: infrastructure("awsmanagedmachinepools", "AWSManagedMachinePool"),
  roleIdentity: infrastructure("awsclusterroleidentities", "AWSClusterRoleIdentity", false),
  staticIdentity: infrastructure("awsclusterstaticidentities", "AWSClusterStaticIdentity", false),
  controllerIdentity: infrastructure("awsclustercontrolleridentities", "AWSClusterControllerIdentity", false),
  managedControlPlane: {
    group: "controlplane.cluster.x-k8s.io",
    version: "v1beta2",
    plural: "awsmanagedcontrolplanes",
    kind: "AWSManagedControlPlane",
    namespaced: true,
  },
  namespace: core("namespaces", "Namespace", false),
  secret: core("secrets", "Secret"),
  service: core("services", "Service"),
  pod: core("pods", "Pod"),
  deployment: apps("deployments", "Deployment"),
  replicaSet: apps("replicasets", "ReplicaSet"),
  endpointSlice: { group: "discovery.k8s.io", version: "v1", plural: "endpointslices", kind: "EndpointSlice", namespaced: true },
  gatewayClass: gateway("gatewayclasses", "GatewayClass", false),
  gateway: gateway("gateways", "Gateway"),
  httpRoute: gateway("httproutes", "HTTPRoute"),
  grpcRoute: gateway("grpcroutes", "GRPCRoute"),
  tlsRoute: gateway("tlsroutes", "TLSRoute"),
  referenceGrant: gateway("referencegrants", "ReferenceGrant"),
  serviceExport: applicationNetworking("serviceexports", "ServiceExport"),
  serviceImport: applicationNetworking("serviceimports", "ServiceImport"),
  targetGroupPolicy: applicationNetworking("targetgrouppolicies", "TargetGroupPolicy"),
  iamAuthPolicy: applicationNetworking("iamauthpolicies", "IAMAuthPolicy"),
  accessLogPolicy: applicationNetworking("accesslogpolicies", "AccessLogPolicy"),
  vpcAssociationPolicy: applicationNetworking("vpcassociationpolicies", "VpcAssociationPolicy"),
  event: core("events", "Event"),
  node: core("nodes", "Node", false),
  serviceAccount: core("serviceaccounts", "ServiceAccount"),
  resourceQuota: core("resourcequotas", "ResourceQuota"),
  clusterRole: rbac("clusterroles", "ClusterRole", false),
  clusterRoleBinding: rbac("clusterrolebindings", "ClusterRoleBinding", false),
  roleBinding: rbac("rolebindings", "RoleBinding", true),
  role: rbac("roles", "Role", true),
  definition: {
    group: "apiextensions.k8s.io",
    version: "v1",
    plural: "customresourcedefinitions",
    kind: "CustomResourceDefinition",
    namespaced: false,
  },
  mutatingWebhook: admission("mutatingwebhookconfigurations", "MutatingWebhookConfiguration"),
  validatingWebhook: admission("validatingwebhookconfigurations", "ValidatingWebhookConfiguration"),
  admissionPolicy: admission("validatingadmissionpolicies", "ValidatingAdmissionPolicy"),
  admissionPolicyBinding: admission("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding"),
} as const satisfies Record<string, Resource>;

export type ObjectRef = { namespace?: string | undefined; name: string };

export function resourcePath(resource: Resource, ref?: { namespace?: string | undefined; name?: string | undefined }): string {
  const root = resource.group === "" ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const scope = resource.namespaced && ref?.namespace ? `/namespaces/${encodeURIComponent(ref.namespace)}` : "";
  return `${root}${scope}/${resource.plural}${ref?.name ? `/${encodeURIComponent(ref.name)}` : ""}`;
}

export function apiVersionOf(resource: Resource): string {
  return resource.group === "" ? resource.version : `${resource.group}/${resource.version}`;
}

export function refOf(object: KubeObject): { namespace?: string; name: string } {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? { name } : { namespace, name };
}

export function keyOf(ref: ObjectRef): string {
  return `${ref.namespace ?? ""}/${ref.name}`;
}
