import type { Resource } from "../../kube/kube-object.ts";

const gatewayApi = (plural: string, kind: string, namespaced = true): Resource => ({
  group: "gateway.networking.k8s.io",
  version: "v1",
  plural,
  kind,
  namespaced,
});
const own = (plural: string, kind: string, namespaced = true): Resource => ({
  group: "application-networking.k8s.aws",
  version: "v1alpha1",
  plural,
  kind,
  namespaced,
});
const core = (plural: string, kind: string, namespaced = true): Resource => ({ group: "", version: "v1", plural, kind, namespaced });

/** What the gateway controller watches, by the names it is called by here. */
export const networkResources = {
  gatewayClass: gatewayApi("gatewayclasses", "GatewayClass", false),
  gateway: gatewayApi("gateways", "Gateway"),
  httpRoute: gatewayApi("httproutes", "HTTPRoute"),
  grpcRoute: gatewayApi("grpcroutes", "GRPCRoute"),
  tlsRoute: gatewayApi("tlsroutes", "TLSRoute"),
  serviceExport: own("serviceexports", "ServiceExport"),
  serviceImport: own("serviceimports", "ServiceImport"),
  targetGroupPolicy: own("targetgrouppolicies", "TargetGroupPolicy"),
  vpcAssociationPolicy: own("vpcassociationpolicies", "VpcAssociationPolicy"),
  iamAuthPolicy: own("iamauthpolicies", "IAMAuthPolicy"),
  accessLogPolicy: own("accesslogpolicies", "AccessLogPolicy"),
  serviceNetwork: own("servicenetworks", "ServiceNetwork", false),
  service: core("services", "Service"),
  endpointSlice: {
    group: "discovery.k8s.io",
    version: "v1",
    plural: "endpointslices",
    kind: "EndpointSlice",
    namespaced: true,
  },
  namespace: core("namespaces", "Namespace", false),
} as const satisfies Record<string, Resource>;
export type NetworkKind = keyof typeof networkResources;

export const routeKinds = ["httpRoute", "grpcRoute", "tlsRoute"] as const;
export type RouteKind = (typeof routeKinds)[number];
