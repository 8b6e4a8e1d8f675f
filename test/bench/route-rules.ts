import { checkRoute } from "../../lib/domain/routes/check-route.ts";
import { healthCheckDefaults } from "../../lib/domain/routes/health-check-defaults.ts";
import { orderRules } from "../../lib/domain/routes/order-rules.ts";
import { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { LatticeAccountConfig } from "../../lib/domain/tenancy/networking.ts";
import type { Figure } from "./figure.ts";

const ROUNDS = 2_000;
const cluster = "team-payments/checkout";

/** Legality and order of a route with 16 rules, as they are computed at each key stroke. */
export function measureRouteRules(): Figure {
  const spec = RouteSpec.parse({
    network: "net-prod",
    protocol: "http",
    listener: "https",
    rules: Array.from({ length: 16 }, (_, n) => ({
      match: { path: { type: n % 2 === 0 ? "exact" : "prefix", value: `/v${n}/orders/` }, headers: [{ name: "x-tier", value: `t${n}` }] },
      backends: [{ cluster, namespace: "payments", kubeService: `orders-${n % 5}`, port: 80, weight: n }],
    })),
    healthCheck: healthCheckDefaults("http"),
    access: { type: "network" },
    visibility: "team",
  });
  const { quotas } = LatticeAccountConfig.parse({
    account: "platform-prod",
    readRoleArn: "arn:aws:iam::333344445555:role/read",
    managementCluster: "mgmt",
    controller: { clusterName: "mgmt", vpcId: "vpc-0a" },
  });
  const facts = {
    team: "payments",
    name: "orders",
    network: null,
    quotas: { ...quotas, rulesPerListener: 16 },
    region: "ap-northeast-1",
    awsAccountId: "333344445555",
    clusterOf: () => ({ account: "platform-prod", vpcId: "vpc-0a" }),
    previous: null,
  };
  for (let n = 0; n < ROUNDS / 10; n += 1) checkRoute({ ...spec, rules: [...orderRules(spec.rules)] }, facts);
  const begun = performance.now();
  for (let n = 0; n < ROUNDS; n += 1) checkRoute({ ...spec, rules: [...orderRules(spec.rules)] }, facts);
  return { name: "legality and order of a 16-rule route", figure: (performance.now() - begun) / ROUNDS, unit: "ms", budget: 1 };
}
