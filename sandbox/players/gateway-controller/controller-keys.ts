/** Names the real controller writes and reads: annotations, tags and finalizers (lattice.md §1.3–1.12). */
const prefix = "application-networking.k8s.aws/";
export const ownGroup = "application-networking.k8s.aws";
export const gatewayGroup = "gateway.networking.k8s.io";
export const controllerName = `${prefix}gateway-api-controller`;

export const annotations = {
  federation: `${prefix}federation`,
  serviceName: `${prefix}service-name`,
  port: `${prefix}port`,
  tags: `${prefix}tags`,
  standalone: `${prefix}standalone`,
  serviceNameOverride: `${prefix}service-name-override`,
  takeoverFrom: `${prefix}allow-takeover-from`,
  serviceArn: `${prefix}lattice-service-arn`,
  domainName: `${prefix}lattice-assigned-domain-name`,
  exportName: `${prefix}export-name`,
  importCluster: `${prefix}aws-eks-cluster-name`,
  importVpc: `${prefix}aws-vpc`,
  targetGroupArn: `${prefix}target-group-arn`,
  policyResourceId: `${prefix}iam-auth-policy-resource-id`,
  policyResourceType: `${prefix}iam-auth-policy-resource-type`,
  policyResourceName: `${prefix}iam-auth-policy-resource-name`,
  resourceArn: `${prefix}resourceArn`,
  accessLog: `${prefix}accessLogSubscription`,
  accessLogResourceName: `${prefix}accessLogSubscriptionResourceName`,
} as const;
export const certificateOption = `${prefix}certificate-arn`;
export const rulePriorityAnnotation = (index: number) => `${prefix}rule-${index}-priority`;

export const tagKeys = {
  managedBy: `${prefix}ManagedBy`,
  clusterName: `${prefix}ClusterName`,
  serviceName: `${prefix}ServiceName`,
  serviceNamespace: `${prefix}ServiceNamespace`,
  sourceType: `${prefix}SourceTypeKey`,
  protocolVersion: `${prefix}ProtocolVersion`,
  routeName: `${prefix}RouteName`,
  routeNamespace: `${prefix}RouteNamespace`,
  routeType: `${prefix}RouteType`,
} as const;
export const isOwnTag = (key: string) => key.startsWith(prefix);

export const finalizers = {
  gateway: "gateway.k8s.aws/resources",
  httpRoute: "httproute.k8s.aws/resources",
  grpcRoute: "grpcroute.k8s.aws/resources",
  tlsRoute: "tlsroute.k8s.aws/resources",
  serviceExport: "serviceexport.k8s.aws/resources",
  serviceImport: "serviceimport.k8s.aws/resource",
  vpcAssociationPolicy: `vpcassociationpolicies.${prefix}resources`,
  iamAuthPolicy: `${prefix}iam-auth-policy`,
  accessLogPolicy: "accesslogpolicy.k8s.aws/resources",
  serviceNetwork: "servicenetwork.k8s.aws/resources",
} as const;

/** `"team=payments,request=r1"` as a map; pairs without a value are left out, as the controller does. */
export function parseTags(value: string | undefined): Record<string, string> {
  const pairs = (value ?? "").split(",").map((pair) => pair.split("="));
  return Object.fromEntries(
    pairs.flatMap(([key, ...rest]) => (key?.trim() && rest.length > 0 ? [[key.trim(), rest.join("=").trim()]] : [])),
  );
}
