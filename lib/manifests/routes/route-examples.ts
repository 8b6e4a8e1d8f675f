import { RouteSpec } from "../../domain/routes/route-input.ts";
import type { RouteToBuild } from "./route-to-build.ts";

const ORDERS = { cluster: "team-payments/checkout", namespace: "payments", kubeService: "orders", port: 80, weight: 1 };
const NEXT = { ...ORDERS, kubeService: "orders-next" };
const HEALTH = {
  enabled: true,
  path: "/healthz",
  intervalSeconds: 10,
  timeoutSeconds: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  statusMatch: "200-299",
};
const SIMPLE = {
  network: "net-prod",
  protocol: "http",
  listener: "https",
  rules: [{ match: { headers: [] }, backends: [ORDERS] }],
  healthCheck: HEALTH,
  access: { type: "network" },
  visibility: "team",
};
const logsTo = (destinationArn: string) => ({ ...SIMPLE, accessLogs: { destinationArn } });

/** The routes of the golden files, as people would ask for them. */
const SPECS = {
  "one-backend": { ...SIMPLE, description: "Orders of the shop", visibility: "organisation" },
  "two-clusters-weighted": {
    ...SIMPLE,
    rules: [
      {
        match: { headers: [] },
        backends: [
          { ...ORDERS, weight: 90 },
          { ...ORDERS, cluster: "team-payments/checkout-2", weight: 10 },
        ],
      },
    ],
  },
  "header-canary": {
    ...SIMPLE,
    rules: [
      { match: { path: { type: "exact", value: "/status" }, method: "GET", headers: [] }, backends: [ORDERS] },
      { match: { path: { type: "prefix", value: "/api/" }, headers: [{ name: "x-canary", value: "true" }] }, backends: [NEXT] },
      { match: { path: { type: "prefix", value: "/api/" }, headers: [] }, backends: [ORDERS] },
    ],
  },
  grpc: {
    ...SIMPLE,
    protocol: "grpc",
    healthCheck: { ...HEALTH, enabled: false },
    rules: [
      { match: { headers: [], grpc: { service: "payments.Orders", method: "Add" } }, backends: [NEXT] },
      { match: { headers: [{ name: "x-canary", value: "true" }], grpc: { service: "payments.Orders" } }, backends: [NEXT] },
      { match: { headers: [] }, backends: [ORDERS] },
    ],
  },
  "tls-passthrough": {
    ...SIMPLE,
    protocol: "tls",
    listener: "tls",
    hostname: "orders.payments.example.com",
    healthCheck: { ...HEALTH, enabled: false },
  },
  "allow-list": {
    ...SIMPLE,
    visibility: "organisation",
    access: {
      type: "callers",
      callers: [
        {
          team: "shop",
          name: "cart",
          principal: { type: "role", roleArn: "arn:aws:iam::333344445555:role/shop-cart" },
          methods: ["GET"],
          paths: ["/v1/*"],
        },
        { team: "shop", name: "storefront", principal: { type: "cluster", cluster: "team-shop/storefront" }, methods: [], paths: [] },
      ],
    },
  },
  "policy-by-hand": {
    ...SIMPLE,
    access: {
      type: "policy",
      policy: `{
        "Version": "2012-10-17",
        "Statement": {
          "Effect": "Allow", "Principal": "*", "Action": "vpc-lattice-svcs:Invoke", "Resource": "*",
          "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }
        }
      }`,
    },
  },
  "custom-domain": {
    ...SIMPLE,
    hostname: "orders.payments.example.com",
    serviceName: "orders-for-everybody",
    healthCheck: { ...HEALTH, port: 8081 },
  },
  "access-logs-s3": logsTo("arn:aws:s3:::payments-access-logs"),
  "access-logs-cloudwatch": logsTo("arn:aws:logs:ap-northeast-1:333344445555:log-group:/trellis/payments/orders:*"),
  "access-logs-firehose": logsTo("arn:aws:firehose:ap-northeast-1:333344445555:deliverystream/payments-orders"),
} as const;

export type RouteExample = keyof typeof SPECS;
export const ROUTE_EXAMPLES: readonly RouteExample[] = [
  "one-backend",
  "two-clusters-weighted",
  "header-canary",
  "grpc",
  "tls-passthrough",
  "allow-list",
  "policy-by-hand",
  "custom-domain",
  "access-logs-s3",
  "access-logs-cloudwatch",
  "access-logs-firehose",
];

/** One of these routes with everything its builders need; team payments, two clusters of its own, callers from team shop. */
export function routeToBuild(example: RouteExample, over: Partial<RouteToBuild> = {}): RouteToBuild {
  const spec = RouteSpec.parse(SPECS[example]);
  return {
    team: "payments",
    namespace: "team-payments",
    name: "orders",
    spec,
    serviceName: spec.serviceName ?? "payments-orders",
    account: "platform-prod",
    gatewayNamespace: "lattice",
    providers: {
      "team-payments/checkout": {
        destination: "mgmt-local/team-payments/checkout",
        eksName: "team-payments_checkout",
        vpcId: "vpc-0aa0000000000000a",
      },
      "team-payments/checkout-2": {
        destination: "mgmt-local/team-payments/checkout-2",
        eksName: "team-payments_checkout-2",
        vpcId: "vpc-0cc0000000000000c",
      },
    },
    callerVpcs: { "team-shop/storefront": "vpc-0bb0000000000000b" },
    ...over,
  };
}
