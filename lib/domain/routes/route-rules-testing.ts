import { LatticeAccountConfig, ServiceNetworkConfig } from "../tenancy/networking.ts";
import { healthCheckDefaults } from "./health-check-defaults.ts";
import type { RouteFacts } from "./route-check.ts";
import { RouteSpec } from "./route-input.ts";

export const ORDERS = { cluster: "team-payments/checkout", namespace: "payments", kubeService: "orders", port: 80, weight: 1 } as const;

export const TEST_NETWORK: ServiceNetworkConfig = ServiceNetworkConfig.parse({
  name: "net-prod",
  account: "platform-prod",
  listeners: [
    { name: "http", protocol: "HTTP", port: 80 },
    { name: "https", protocol: "HTTPS", port: 443 },
  ],
  publishers: ["payments"],
  callers: ["payments", "shop"],
});

const VPC_BY_CLUSTER: Readonly<Record<string, string>> = {
  "team-payments/checkout": "vpc-0aa0000000000000a",
  "team-payments/checkout-2": "vpc-0cc0000000000000c",
  "team-shop/storefront": "vpc-0bb0000000000000b",
};

/** What a route of team payments is checked against, with two clusters of its own and one of team shop. */
export function routeFacts(over: Partial<RouteFacts> = {}): RouteFacts {
  return {
    team: "payments",
    name: "orders",
    network: TEST_NETWORK,
    quotas: LatticeAccountConfig.shape.quotas.parse(undefined),
    region: "ap-northeast-1",
    awsAccountId: "333344445555",
    clusterOf: (key) => {
      const vpcId = VPC_BY_CLUSTER[key];
      return vpcId === undefined ? null : { account: "platform-prod", vpcId };
    },
    previous: null,
    ...over,
  };
}

/** A legal spec: everything to `orders`, anybody of the network may call. */
export function routeSpec(over: Partial<RouteSpec> = {}): RouteSpec {
  return RouteSpec.parse({
    network: "net-prod",
    protocol: "http",
    listener: "https",
    rules: [{ match: { headers: [] }, backends: [ORDERS] }],
    healthCheck: healthCheckDefaults("http"),
    access: { type: "network" },
    visibility: "organisation",
    ...over,
  });
}
