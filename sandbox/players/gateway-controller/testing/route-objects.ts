import type { KubeObject } from "../../../kube/kube-object.ts";

const own = "application-networking.k8s.aws";
const gateway = "gateway.networking.k8s.io";
type Metadata = { annotations?: Record<string, string>; labels?: Record<string, string> };
type Ref = { namespace?: string; name: string };

const object = (apiVersion: string, kind: string, ref: Ref, rest: object, metadata: Metadata = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: { ...ref, ...metadata },
  ...rest,
});

/** Objects of the tests: small, named like the real ones. */
export const make = {
  namespace: (name: string, labels: Record<string, string> = {}) => object("v1", "Namespace", { name }, {}, { labels }),
  service: (name: string, spec: object = {}) =>
    object("v1", "Service", { namespace: "shop", name }, { spec: { ports: [{ name: "http", port: 80, targetPort: 8080 }], ...spec } }),
  endpoints: (service: string, addresses: readonly string[]) =>
    object(
      "discovery.k8s.io/v1",
      "EndpointSlice",
      { namespace: "shop", name: `${service}-1` },
      {
        addressType: "IPv4",
        ports: [{ name: "http", port: 8080, protocol: "TCP" }],
        endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
      },
      { labels: { "kubernetes.io/service-name": service } },
    ),
  serviceExport: (name: string, options: { port?: number; routeType?: string; annotations?: Record<string, string> } = {}) =>
    object(
      `${own}/v1alpha1`,
      "ServiceExport",
      { namespace: "shop", name },
      { spec: { exportedPorts: [{ port: options.port ?? 80, routeType: options.routeType ?? "HTTP" }] } },
      { annotations: { [`${own}/federation`]: "amazon-vpc-lattice", ...options.annotations } },
    ),
  targetGroupPolicy: (name: string, spec: object = {}) =>
    object(
      `${own}/v1alpha1`,
      "TargetGroupPolicy",
      { namespace: "shop", name: `${name}-lattice` },
      {
        spec: {
          targetRef: { group: own, kind: "ServiceExport", name },
          protocol: "HTTP",
          protocolVersion: "HTTP1",
          healthCheck: { enabled: true, path: "/healthz", intervalSeconds: 10 },
          ...spec,
        },
      },
    ),
  serviceImport: (name: string, exportName: string) =>
    object(
      `${own}/v1alpha1`,
      "ServiceImport",
      { namespace: "shop", name },
      { spec: { type: "ClusterSetIP", ports: [{ port: 80, protocol: "TCP" }] } },
      {
        annotations: {
          [`${own}/export-name`]: exportName,
          [`${own}/aws-eks-cluster-name`]: "prod-a",
          [`${own}/aws-vpc`]: "vpc-0000000000000000a",
        },
      },
    ),
  gatewayClass: () =>
    object(`${gateway}/v1`, "GatewayClass", { name: "amazon-vpc-lattice" }, { spec: { controllerName: `${own}/gateway-api-controller` } }),
  gateway: (name = "net-prod", listeners: readonly object[] = standardListeners()) =>
    object(`${gateway}/v1`, "Gateway", { namespace: "lattice", name }, { spec: { gatewayClassName: "amazon-vpc-lattice", listeners } }),
  route: (
    name: string,
    rules: readonly object[],
    options: {
      kind?: string;
      namespace?: string;
      spec?: object;
      annotations?: Record<string, string>;
      section?: string;
      gateway?: string;
    } = {},
  ) =>
    object(
      `${gateway}/v1`,
      options.kind ?? "HTTPRoute",
      { namespace: options.namespace ?? "shop", name },
      {
        spec: {
          parentRefs: [
            {
              group: gateway,
              kind: "Gateway",
              namespace: "lattice",
              name: options.gateway ?? "net-prod",
              sectionName: options.section ?? "http",
            },
          ],
          rules,
          ...options.spec,
        },
      },
      options.annotations ? { annotations: options.annotations } : {},
    ),
  rule: (value: string, backendRefs: readonly object[], type = "PathPrefix") => ({ matches: [{ path: { type, value } }], backendRefs }),
  importRef: (name: string, weight = 1) => ({ group: own, kind: "ServiceImport", name, weight }),
  serviceRef: (name: string) => ({ group: "", kind: "Service", name, port: 80, weight: 1 }),
  iamAuthPolicy: (name: string, route: string, policy: string) =>
    object(
      `${own}/v1alpha1`,
      "IAMAuthPolicy",
      { namespace: "shop", name },
      { spec: { policy, targetRef: { group: gateway, kind: "HTTPRoute", name: route } } },
    ),
  accessLogPolicy: (name: string, route: string, namespace?: string) =>
    object(
      `${own}/v1alpha1`,
      "AccessLogPolicy",
      { namespace: "shop", name },
      {
        spec: {
          destinationArn: "arn:aws:logs:us-west-2:111122223333:log-group:/routes:*",
          targetRef: { group: gateway, kind: "HTTPRoute", name: route, ...(namespace ? { namespace } : {}) },
        },
      },
    ),
  vpcAssociationPolicy: (name: string, gatewayName = "net-prod") =>
    object(
      `${own}/v1alpha1`,
      "VpcAssociationPolicy",
      { namespace: "lattice", name },
      { spec: { securityGroupIds: ["sg-0123456789abcdef0"], targetRef: { group: gateway, kind: "Gateway", name: gatewayName } } },
    ),
  serviceNetwork: (name: string) => object(`${own}/v1alpha1`, "ServiceNetwork", { name }, {}),
};

function standardListeners() {
  const allowedRoutes = { namespaces: { from: "Selector", selector: { matchLabels: { "example.test/network": "net-prod" } } } };
  return [
    { name: "http", protocol: "HTTP", port: 80, allowedRoutes },
    { name: "https", protocol: "HTTPS", port: 443, allowedRoutes },
  ];
}
