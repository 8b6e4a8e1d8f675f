import { describe, expect, it } from "vitest";
import { ServiceNetworkConfig } from "../tenancy/networking.ts";
import { checkRoute } from "./check-route.ts";
import type { RouteFacts } from "./route-check.ts";
import { RouteAccess, type RouteMatch, type RouteRule, type RouteSpec } from "./route-input.ts";
import { ORDERS, routeFacts, routeSpec, TEST_NETWORK } from "./route-rules-testing.ts";

function found(spec: Partial<RouteSpec>, facts: Partial<RouteFacts> = {}): readonly string[] {
  return checkRoute(routeSpec(spec), routeFacts(facts)).map(({ path, key }) => `${path} ${key.replace("routes.field.", "")}`);
}

function rule(match: Partial<RouteMatch>, backends: RouteRule["backends"] = [ORDERS]): RouteRule {
  return { match: { headers: [], ...match }, backends };
}

const prefix = (value: string): Partial<RouteMatch> => ({ path: { type: "prefix", value } });
const grpcNetwork = { protocol: "grpc", listener: "https" } as const;
const tlsNetwork = ServiceNetworkConfig.parse({ ...TEST_NETWORK, listeners: [{ name: "tls", protocol: "TLS", port: 443 }] });
const tls = { protocol: "tls", listener: "tls", hostname: "ledger.example.com" } as const;

it("takes a whole route with everything that Lattice supports", () => {
  const spec: Partial<RouteSpec> = {
    hostname: "orders.payments.example.com",
    serviceName: "payments-orders",
    rules: [
      rule({ path: { type: "exact", value: "/status" }, method: "GET" }),
      rule({ ...prefix("/api/"), headers: [{ name: "x-canary", value: "true" }] }, [{ ...ORDERS, kubeService: "orders-next" }]),
      rule(prefix("/api/"), [
        { ...ORDERS, weight: 90 },
        { ...ORDERS, cluster: "team-payments/checkout-2", weight: 10 },
      ]),
    ],
    accessLogs: { destinationArn: "arn:aws:logs:ap-northeast-1:333344445555:log-group:/trellis/orders:*" },
    access: RouteAccess.parse({
      type: "callers",
      callers: [
        {
          team: "shop",
          name: "cart",
          principal: { type: "role", roleArn: "arn:aws:iam::333344445555:role/cart" },
          methods: ["GET"],
          paths: ["/v1/*"],
        },
        { team: "shop", name: "storefront", principal: { type: "cluster", cluster: "team-shop/storefront" }, methods: [], paths: [] },
      ],
    }),
  };
  expect(found(spec)).toEqual([]);
});

describe("rules", () => {
  it.each([
    ["a space", "/a b"],
    ["a query", "/a?b=1"],
    ["two slashes", "/a//b"],
    ["a dotted segment", "/a/../b"],
    ["an escaped slash", "/a%2fb"],
    ["a lone percent", "/a%"],
    ["no slash at the start", "a"],
    ["Japanese", "/注文"],
  ])("refuses a path with %s", (_, path) => {
    expect(found({ rules: [rule(prefix(path))] })).toEqual(["rules.0.match.path pathShape"]);
  });

  it("refuses header names and values that no listener can compare, and the same header twice in any case", () => {
    const headers = [
      { name: "x canary", value: "1" },
      { name: "x-a", value: "1\n" },
      { name: "X-A", value: "2" },
    ];
    expect(found({ rules: [rule({ headers })] })).toEqual([
      "rules.0.match.headers.0.name headerName",
      "rules.0.match.headers.1.value headerValue",
      "rules.0.match.headers.2.name duplicateHeader",
    ]);
  });

  it("refuses more rules and groups than the quotas allow", () => {
    const rules = Array.from({ length: 11 }, (_, index) => rule(prefix(`/p${index}/`), [{ ...ORDERS, kubeService: `s${index}` }]));
    expect(found({ rules })).toEqual(["rules ruleCount", "rules groupCount"]);
    const quotas = { ...routeFacts().quotas, rulesPerListener: 11, targetGroupsPerService: 11 };
    expect(found({ rules }, { quotas })).toEqual([]);
  });

  it("refuses a rule that can never answer, and says which one answers instead", () => {
    const rules = [rule(prefix("/api")), rule({ ...prefix("/api/v1"), method: "GET" }), rule(prefix("/api"))];
    expect(checkRoute(routeSpec({ rules }), routeFacts())).toEqual([
      { path: "rules.1.match", key: "routes.field.shadowed", values: { rule: 2, by: 1 } },
      { path: "rules.2.match", key: "routes.field.duplicateRule", values: { rule: 3, by: 1 } },
    ]);
  });

  it("refuses weights that are all zero, one backend twice, and two ports of one kubeService", () => {
    const rules = [
      rule(prefix("/a/"), [{ ...ORDERS, weight: 0 }]),
      rule(prefix("/b/"), [ORDERS, { ...ORDERS, weight: 2 }]),
      rule(prefix("/c/"), [{ ...ORDERS, port: 8080 }]),
    ];
    expect(found({ rules })).toEqual([
      "rules.0.backends weightsZero",
      "rules.1.backends.1 duplicateBackend",
      "rules.2.backends.0.port onePort",
    ]);
  });

  it.each(["kube-system", "lattice", "capi-system", "capa-eks", "argocd", "trellis-system", "team-shop"])(
    "never publishes from %s",
    (namespace) => {
      expect(found({ rules: [rule({}, [{ ...ORDERS, namespace }])] })).toEqual(["rules.0.backends.0.namespace platformNamespace"]);
    },
  );

  it("takes namespaces that only begin alike", () => {
    expect(found({ rules: [rule({}, [{ ...ORDERS, namespace: "latticework" }])] })).toEqual([]);
  });

  it("refuses a cluster of another team, one that is gone, one in another account, and one without a VPC", () => {
    const at = (cluster: string) => rule(prefix(`/${cluster}/`), [{ ...ORDERS, cluster }]);
    const clusters: Readonly<Record<string, { account: string; vpcId: string | null }>> = {
      "team-payments/elsewhere": { account: "payments-prod", vpcId: "vpc-1" },
      "team-payments/new": { account: "platform-prod", vpcId: null },
    };
    const rules = [at("team-shop/storefront"), at("team-payments/gone"), at("team-payments/elsewhere"), at("team-payments/new")];
    expect(found({ rules }, { clusterOf: (key) => clusters[key] ?? null })).toEqual([
      "rules.0.backends.0.cluster foreignCluster",
      "rules.1.backends.0.cluster clusterUnknown",
      "rules.2.backends.0.cluster clusterAccount",
      "rules.3.backends.0.cluster clusterWithoutVpc",
    ]);
  });
});

describe("protocols", () => {
  it("takes gRPC on HTTPS only, with services and methods and nothing of HTTP", () => {
    const rules = [rule({ grpc: { service: "shop.Cart", method: "Add" } }), rule({ grpc: { service: "shop.Cart" } }), rule({})];
    expect(found({ ...grpcNetwork, rules })).toEqual([]);
    expect(found({ ...grpcNetwork, listener: "http", rules })).toEqual(["listener listenerProtocol"]);
    expect(found({ ...grpcNetwork, rules: [rule({ ...prefix("/a"), method: "GET", grpc: { service: "a b" } })] })).toEqual([
      "rules.0.match.path httpOnGrpc",
      "rules.0.match.method httpOnGrpc",
      "rules.0.match.grpc.service grpcService",
    ]);
    expect(found({ rules: [rule({ grpc: { service: "shop.Cart" } })] })).toEqual(["rules.0.match.grpc grpcOnHttp"]);
    const long = `a${"b".repeat(120)}`;
    expect(found({ ...grpcNetwork, rules: [rule({ grpc: { service: long, method: long } })] })).toEqual([
      "rules.0.match.grpc grpcPathLength",
    ]);
  });

  it("takes passthrough with one hostname, one rule that takes everything, no policy and no access logs", () => {
    const facts = { network: tlsNetwork };
    expect(found(tls, facts)).toEqual([]);
    const { hostname: _, ...nameless } = tls;
    expect(found(nameless, facts)).toEqual(["hostname hostnameMissing"]);
    const rules = [rule(prefix("/a/")), rule({})];
    expect(
      found({ ...tls, rules, access: { type: "policy", policy: "{}" }, accessLogs: { destinationArn: "arn:aws:s3:::logs" } }, facts),
    ).toEqual(["rules tlsRules", "rules.0.match tlsMatch", "access tlsAccess", "accessLogs tlsAccessLogs"]);
    expect(found(tls)).toEqual(["listener listenerUnknown"]);
  });
});

describe("names", () => {
  it.each([
    "*.example.com",
    "Orders.example.com",
    "example",
    "10.0.0.1",
    "a..b",
    "-a.example.com",
    "a.example.com.",
    "x.vpc-lattice-svcs.ap-northeast-1.on.aws",
  ])("refuses the domain %s", (hostname) => {
    expect(found({ hostname })).toHaveLength(1);
  });

  it.each(["svc-orders", "orders--next", "-orders", "Orders", "orders-"])("refuses the service name %s", (serviceName) => {
    expect(found({ serviceName })).toEqual(["serviceName serviceName"]);
  });

  it.each(["listener-a", "listener", "a--b"])(
    "refuses the route name %s, of which the controller would make an illegal listener",
    (name) => {
      expect(found({}, { name })).toEqual(["name listenerName"]);
    },
  );

  it("keeps for life what Lattice keeps for life", () => {
    const previous = routeSpec({ hostname: "a.example.com", serviceName: "payments-orders" });
    expect(found({ hostname: "a.example.com", serviceName: "payments-orders", visibility: "team" }, { previous })).toEqual([]);
    expect(found({ serviceName: "payments-other" }, { previous })).toEqual(["hostname fixed", "serviceName fixed"]);
    expect(found({ hostname: "a.example.com" }, { previous })).toEqual([]);
  });
});

describe("who may what", () => {
  it("refuses a network that is not there, and teams that may not publish or call", () => {
    expect(found({}, { network: null })).toEqual(["network networkUnknown"]);
    expect(found({ rules: [rule({}, [{ ...ORDERS, cluster: "team-shop/storefront" }])] }, { team: "shop" })).toEqual([
      "network notPublisher",
    ]);
    expect(found({ listener: "other" })).toEqual(["listener listenerUnknown"]);
  });

  it("refuses callers that the network, Lattice or IAM would not take", () => {
    const callers = [
      {
        team: "ledger",
        name: "a",
        principal: { type: "role", roleArn: "arn:aws:iam::333344445555:role/a" },
        methods: [],
        paths: ["/v1/*/x", "/a?b"],
      },
      { team: "shop", name: "b", principal: { type: "cluster", cluster: "team-payments/checkout" }, methods: [], paths: [] },
      { team: "shop", name: "c", principal: { type: "cluster", cluster: "team-shop/gone" }, methods: ["GET", "POST"], paths: [] },
      { team: "shop", name: "d", principal: { type: "cluster", cluster: "team-shop/gone" }, methods: ["POST", "GET"], paths: [] },
    ];
    expect(found({ access: RouteAccess.parse({ type: "callers", callers }) })).toEqual([
      "access.callers.0.team notCaller",
      "access.callers.0.paths.0 callerPath",
      "access.callers.0.paths.1 callerPath",
      "access.callers.1.principal callerCluster",
      "access.callers.2.principal clusterUnknown",
      "access.callers.3.principal clusterUnknown",
      "access.callers.3 duplicateCaller",
    ]);
  });

  it("refuses a caller list whose policy does not fit Lattice", () => {
    const callers = Array.from({ length: 50 }, (_, index) => ({
      team: "shop",
      name: `caller-${index}`,
      principal: { type: "role", roleArn: `arn:aws:iam::333344445555:role/caller-${index}` },
      methods: [],
      paths: ["/a/*", "/b/*", "/c/*"],
    }));
    expect(found({ access: RouteAccess.parse({ type: "callers", callers }) })).toEqual(["access.callers policySize"]);
  });

  it("refuses a policy that cannot be read, and probes that can never fail", () => {
    expect(found({ access: { type: "policy", policy: "{" + '"a":1' } })).toEqual(["access.policy policyJson"]);
    const healthCheck = { ...routeSpec().healthCheck, path: "//", intervalSeconds: 5, timeoutSeconds: 5, statusMatch: "200,700,299-200" };
    expect(found({ healthCheck })).toEqual([
      "healthCheck.path pathShape",
      "healthCheck.timeoutSeconds timeoutTooLong",
      "healthCheck.statusMatch statusMatch",
      "healthCheck.statusMatch statusMatch",
    ]);
  });

  it.each([
    ["arn:aws:s3:::orders-logs", []],
    ["arn:aws:firehose:ap-northeast-1:333344445555:deliverystream/orders", []],
    ["arn:aws:logs:us-east-1:333344445555:log-group:orders", ["accessLogs.destinationArn logRegion"]],
    ["arn:aws:s3:::orders-logs/prefix", ["accessLogs.destinationArn logDestination"]],
    ["arn:aws:sqs:ap-northeast-1:333344445555:orders", ["accessLogs.destinationArn logDestination"]],
  ])("knows where logs can go: %s", (destinationArn, problems) => {
    expect(found({ accessLogs: { destinationArn } })).toEqual(problems);
  });
});

it("checks 16 rules in less than a millisecond", () => {
  const headers = Array.from({ length: 5 }, (_, index) => ({ name: `x-header-${index}`, value: "y".repeat(40) }));
  const rules = Array.from({ length: 16 }, (_, index) => rule({ ...prefix(`/some/longer/path/${index}/`), headers }));
  const spec = routeSpec({ rules });
  const facts = routeFacts({ quotas: { ...routeFacts().quotas, rulesPerListener: 16 } });
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    expect(checkRoute(spec, facts)).toEqual([]);
    return performance.now() - start;
  }).sort((one, other) => one - other);
  expect(times[100]).toBeLessThan(1);
});
