import type { ObservedCondition, ObservedObject } from "../clusters/observed-cluster.ts";
import type { LatticeListener, LatticeRule, LatticeTarget, LatticeTargetGroup, Seen } from "./lattice-facts.ts";
import { LATTICE_TAGS } from "./lattice-facts.ts";
import type { ObservedServiceNetwork } from "./observed-network.ts";
import type {
  ObservedAuthPolicy,
  ObservedExport,
  ObservedGateway,
  ObservedImport,
  ObservedLattice,
  ObservedProvider,
  ObservedRoute,
  RouteEvent,
} from "./observed-route.ts";

/** The moment at which test routes are looked at. */
export const NOW = new Date("2026-11-22T12:00:00Z");

export function secondsAgo(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

export function seen<Value>(value: Value, ageSeconds = 10): Seen<Value> {
  return { value, at: secondsAgo(ageSeconds) };
}

export function condition(type: string, status: ObservedCondition["status"], more: Partial<ObservedCondition> = {}): ObservedCondition {
  return { type, status, reason: type, message: null, severity: null, at: secondsAgo(5), ...more };
}

function object(version: string, kind: string, namespace: string, name: string): ObservedObject {
  return {
    // eslint-disable-next-line no-restricted-syntax -- a reference as tests name objects, not a manifest
    ref: { apiVersion: version, kind, namespace, name },
    uid: `uid-${kind}-${name}`,
    createdAt: secondsAgo(3_600),
    deletingSince: null,
    hasFinalizers: true,
    labels: {},
    annotations: {},
    conditions: [],
    observedAt: secondsAgo(1),
  };
}

const LATTICE = "application-networking.k8s.aws/v1alpha1";
const GATEWAY = "gateway.networking.k8s.io/v1";

export const NETWORK = { id: "sn-0a1b2c3d4e5f60718", name: "net-prod" };
export const SERVICE = {
  id: "svc-0a1b2c3d4e5f60718",
  arn: "arn:aws:vpc-lattice:ap-northeast-1:333344445555:service/svc-0a1b2c3d4e5f60718",
  name: "payments-orders",
  domainName: "payments-orders-0a1b2c3d4e5f60718.7d67968.vpc-lattice-svcs.ap-northeast-1.on.aws",
};
export const PROVIDER = "mgmt-local/team-payments/checkout";
export const PROVIDER_EKS = "team-payments_checkout";

export function target(id: string, status = "HEALTHY", reasonCode: string | null = null): LatticeTarget {
  return { id, port: 8080, status, reasonCode };
}

export function group(
  exportName: string,
  targets: readonly LatticeTarget[] | null,
  more: Partial<LatticeTargetGroup> = {},
): ObservedLattice["groups"][number] {
  const id = `tg-${exportName.padEnd(17, "0").slice(0, 17)}`;
  return {
    importName: `payments-checkout-${exportName}`,
    targets: targets === null ? null : seen(targets),
    group: seen({
      id,
      arn: `arn:aws:vpc-lattice:ap-northeast-1:333344445555:targetgroup/${id}`,
      name: `k8s-payments-${exportName}-abcdefghij`,
      type: "IP",
      status: "ACTIVE",
      port: 80,
      protocol: "HTTP",
      vpcId: "vpc-0a1b2c3d",
      serviceArns: [SERVICE.arn],
      tags: {
        [LATTICE_TAGS.clusterName]: PROVIDER_EKS,
        [LATTICE_TAGS.serviceName]: exportName,
        [LATTICE_TAGS.serviceNamespace]: "payments",
        [LATTICE_TAGS.sourceType]: "ServiceExport",
        [LATTICE_TAGS.protocolVersion]: "HTTP1",
      },
      ...more,
    }),
  };
}

export function latticeRule(forward: LatticeRule["action"]["forward"], more: Partial<LatticeRule> = {}): LatticeRule {
  return {
    id: "rule-1",
    priority: 1,
    isDefault: false,
    method: null,
    path: { type: "prefix", value: "/" },
    headers: [],
    action: { forward: [...forward], fixedStatus: null },
    ...more,
  };
}

export const DEFAULT_RULE: LatticeRule = {
  ...latticeRule([]),
  id: "rule-default",
  priority: null,
  isDefault: true,
  path: null,
  action: { forward: [], fixedStatus: 404 },
};

export function listener(rules: readonly LatticeRule[], more: Partial<LatticeListener> = {}): LatticeListener {
  return { id: "listener-1", port: 443, protocol: "HTTPS", rules: [...rules, DEFAULT_RULE], ...more };
}

export function lattice(more: Partial<ObservedLattice> = {}): ObservedLattice {
  const orders = group("orders", [target("10.0.1.10"), target("10.0.1.11")]);
  return {
    account: "platform-prod",
    health: { callsPerSecond: 5, throttledUntil: null, lastPassAt: secondsAgo(10).toISOString(), error: null },
    servicesAt: secondsAgo(10),
    service: seen({ ...SERVICE, status: "ACTIVE", customDomainName: null, createdAt: null, lastUpdatedAt: null }),
    detail: seen({
      ...SERVICE,
      status: "ACTIVE",
      customDomainName: null,
      createdAt: null,
      lastUpdatedAt: null,
      authType: "AWS_IAM",
      certificateArn: null,
      failureCode: null,
      failureMessage: null,
    }),
    tags: seen({
      [LATTICE_TAGS.managedBy]: "333344445555/trellis-mgmt/vpc-0d1e2f30415263748",
      [LATTICE_TAGS.routeName]: "orders",
      [LATTICE_TAGS.routeNamespace]: "team-payments",
    }),
    associations: seen([
      {
        id: "snsa-1",
        arn: "arn:snsa-1",
        status: "ACTIVE",
        serviceId: SERVICE.id,
        serviceArn: SERVICE.arn,
        networkId: NETWORK.id,
        networkName: NETWORK.name,
        failureCode: null,
        failureMessage: null,
      },
    ]),
    listeners: seen([listener([latticeRule([{ targetGroupId: orders.group.value.id, weight: 1 }])])]),
    policy: seen({ policy: POLICY, state: "Active" }),
    accessLogs: seen([]),
    networks: [serviceNetwork()],
    groups: [orders],
    ...more,
  };
}

/** The network of the route, open, with the VPC of its caller in it. */
export function serviceNetwork(more: Partial<ObservedServiceNetwork> = {}): ObservedServiceNetwork {
  const arn = `arn:aws:vpc-lattice:ap-northeast-1:333344445555:servicenetwork/${NETWORK.id}`;
  return {
    id: NETWORK.id,
    name: NETWORK.name,
    arn,
    vpcs: seen([
      { id: "snva-1", arn: "arn:snva-1", status: "ACTIVE", vpcId: "vpc-0c0ffee0", networkId: NETWORK.id, networkName: NETWORK.name },
    ]),
    detail: seen({ id: NETWORK.id, arn, name: NETWORK.name, authType: "NONE", sharing: null }),
    policy: seen(null),
    vpcDetails: new Map(),
    ...more,
  };
}

export const POLICY = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::333344445555:role/cart"]},"Action":"vpc-lattice-svcs:Invoke","Resource":"*"}]}`;

export function anImport(exportName: string, more: Partial<ObservedImport> = {}): ObservedImport {
  return {
    ...object(LATTICE, "ServiceImport", "payments", `payments-checkout-${exportName}`),
    namespace: "payments",
    name: `payments-checkout-${exportName}`,
    exportName,
    clusterName: PROVIDER_EKS,
    vpcId: "vpc-0a1b2c3d",
    ...more,
  };
}

export function anExport(name: string, more: Partial<ObservedExport> = {}): ObservedExport {
  return {
    cluster: PROVIDER,
    namespace: "payments",
    name,
    port: 80,
    routeType: "HTTP",
    uid: `uid-export-${name}`,
    federated: true,
    deletingSince: null,
    hasFinalizers: true,
    request: "R-1001",
    kubeService: { ports: [80], ipFamilies: ["IPv4"], readyPods: 2 },
    podAddresses: ["10.0.1.10", "10.0.1.11"],
    healthCheck: { enabled: true, path: "/" },
    protocol: "HTTP1",
    observedAt: secondsAgo(20),
    ...more,
  };
}

export function provider(more: Partial<ObservedProvider> = {}): ObservedProvider {
  return { cluster: PROVIDER, exports: [anExport("orders")], freshAt: secondsAgo(5), error: null, ...more };
}

export function gateway(more: Partial<ObservedGateway> = {}): ObservedGateway {
  return {
    ...object(GATEWAY, "Gateway", "lattice", NETWORK.name),
    conditions: [condition("Accepted", "True"), condition("Programmed", "True")],
    namespace: "lattice",
    name: NETWORK.name,
    className: "amazon-vpc-lattice",
    networkArn: `arn:aws:vpc-lattice:ap-northeast-1:333344445555:servicenetwork/${NETWORK.id}`,
    listeners: [
      { name: "http", protocol: "HTTP", port: 80, hostname: null, attachedRoutes: 0, conditions: [] },
      { name: "https", protocol: "HTTPS", port: 443, hostname: null, attachedRoutes: 1, conditions: [] },
    ],
    ...more,
  };
}

export function authPolicy(more: Partial<ObservedAuthPolicy> = {}): ObservedAuthPolicy {
  return {
    ...object(LATTICE, "IAMAuthPolicy", "team-payments", "orders"),
    conditions: [condition("Accepted", "True")],
    policy: POLICY,
    resourceId: SERVICE.id,
    ...more,
  };
}

export function event(reason: string, text: string, more: Partial<RouteEvent> = {}): RouteEvent {
  return {
    cluster: "mgmt-local",
    object: { kind: "HTTPRoute", namespace: "team-payments", name: "orders" },
    type: reason === "DeploySucceed" ? "Normal" : "Warning",
    reason,
    message: text,
    count: 1,
    combined: false,
    firstAt: secondsAgo(60),
    lastAt: secondsAgo(60),
    ...more,
  };
}

export function parent(
  conditions: readonly ObservedCondition[] | null,
  observedGeneration: number | null = 1,
): ObservedRoute["parents"][number] {
  return { gateway: { namespace: "lattice", name: NETWORK.name }, sectionName: "https", conditions, observedGeneration };
}

export const BACKEND = { kind: "ServiceImport", namespace: "payments", name: "payments-checkout-orders", weight: 1 };

/** A route in which everything is fine; tests say what is not. */
export function observedRoute(more: Partial<ObservedRoute> = {}): ObservedRoute {
  return {
    ...object(GATEWAY, "HTTPRoute", "team-payments", "orders"),
    managementCluster: "mgmt-local",
    namespace: "team-payments",
    name: "orders",
    kind: "HTTPRoute",
    team: "payments",
    managed: true,
    visibility: "organisation",
    description: "Orders of the shop",
    request: "R-1001",
    generation: 1,
    generationSeenAt: secondsAgo(3_600),
    network: NETWORK.name,
    listener: "https",
    hostnames: [],
    serviceName: SERVICE.name,
    rules: [{ match: { headers: [] }, backends: [BACKEND], unsupported: [] }],
    parents: [parent([condition("Accepted", "True"), condition("ResolvedRefs", "True")])],
    annotatedDomain: SERVICE.domainName,
    annotatedArn: SERVICE.arn,
    gateway: gateway(),
    imports: [anImport("orders")],
    grantedNamespaces: ["payments"],
    policy: authPolicy(),
    accessLog: null,
    providers: [provider()],
    lattice: lattice(),
    events: [event("DeploySucceed", "Adding/Updating Success")],
    consumers: [
      {
        team: "shop",
        name: "cart",
        cluster: "team-shop/storefront",
        vpcId: "vpc-0c0ffee0",
        roleArn: "arn:aws:iam::333344445555:role/cart",
        methods: ["GET"],
        paths: ["/v1/*"],
      },
    ],
    freshAt: secondsAgo(1),
    ...more,
  };
}
