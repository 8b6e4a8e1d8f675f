import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { parseAuthPolicy } from "../../domain/routes/parse-auth-policy.ts";
import { RouteSpec } from "../../domain/routes/route-input.ts";
import { buildRouteObjects } from "./build-route-objects.ts";
import { type RouteObjectsToRead, readRouteSpec } from "./read-route-spec.ts";
import { ROUTE_EXAMPLES, type RouteExample, routeToBuild } from "./route-examples.ts";

const CLUSTERS: Readonly<Record<string, string>> = {
  "team-payments_checkout": "team-payments/checkout",
  "team-payments_checkout-2": "team-payments/checkout-2",
};

function liveObjects(example: RouteExample, spec = routeToBuild(example).spec): RouteObjectsToRead {
  const objects = buildRouteObjects(routeToBuild(example, { spec }));
  return {
    route: objects.route,
    imports: objects.imports.filter(({ kind }) => kind === "ServiceImport"),
    policy: objects.policies[0] ?? null,
    accessLog: objects.accessLog,
    healthPolicies: objects.providers.flatMap((provider) => provider.objects.filter(({ kind }) => kind === "TargetGroupPolicy")),
    clusterOf: (eksName) => CLUSTERS[eksName] ?? null,
  };
}

function withSpec(object: KubeObject, spec: object): KubeObject {
  return { ...object, spec: { ...Object(object["spec"]), ...spec } };
}

describe("the live objects of a route", () => {
  it.each(ROUTE_EXAMPLES)("%s give back the spec they were made of", (example) => {
    const { spec, serviceName } = routeToBuild(example);
    const access =
      spec.access.type === "policy" ? { ...spec.access, policy: Object(parseAuthPolicy(spec.access.policy)).text } : spec.access;
    expect(readRouteSpec(liveObjects(example))).toEqual({ spec: { ...spec, serviceName, access }, unread: [] });
  });

  it("give back a caller list longer than a text is usually read", () => {
    const { spec } = routeToBuild("allow-list");
    const callers = Array.from({ length: 30 }, (_, index) => ({
      team: "shop",
      name: `caller-${index}`,
      principal: { type: "role", roleArn: `arn:aws:iam::333344445555:role/shop-caller-${index}` },
      methods: [],
      paths: [],
    }));
    const many = RouteSpec.parse({ ...spec, access: { type: "callers", callers } });
    expect(readRouteSpec(liveObjects("allow-list", many)).spec?.access).toEqual(many.access);
  });
});

describe("what cannot be read", () => {
  const keys = (objects: RouteObjectsToRead) => readRouteSpec(objects).unread.map(({ messageKey, values }) => [messageKey, values]);

  it("is named: a backend whose import or cluster is gone, and a rule that has none left", () => {
    const live = liveObjects("two-clusters-weighted");
    const half = { ...live, imports: live.imports.slice(0, 1) };
    expect(keys(half)).toEqual([["routes.unread.backend", { rule: 1, name: "payments-checkout-2-orders" }]]);
    expect(readRouteSpec(half).spec?.rules[0]?.backends).toHaveLength(1);
    expect(readRouteSpec({ ...live, clusterOf: () => null })).toMatchObject({
      spec: null,
      unread: [{}, {}, { messageKey: "routes.unread.spec", values: { fields: "rules" } }],
    });
  });

  it("is named: fields that a spec cannot say", () => {
    const live = liveObjects("one-backend");
    const [rule] = Object(live.route["spec"]).rules;
    const route = withSpec(live.route, { rules: [{ ...rule, filters: [{}], matches: [{ queryParams: [{ name: "a", value: "b" }] }] }] });
    expect(keys({ ...live, route })).toEqual([["routes.unread.fields", { rule: 1, fields: "queryParams, filters" }]]);
  });

  it("is named: health checks that no cluster answered, or that differ", () => {
    const live = liveObjects("two-clusters-weighted");
    expect(keys({ ...live, healthPolicies: [] })).toEqual([["routes.unread.healthCheck", {}]]);
    const [first, second] = live.healthPolicies;
    if (first === undefined || second === undefined) throw new Error("no policies");
    const other = withSpec(second, { healthCheck: { ...Object(second["spec"]).healthCheck, path: "/other" } });
    expect(keys({ ...live, healthPolicies: [first, other] })).toEqual([["routes.unread.healthChecksDiffer", {}]]);
  });

  it("is named: callers without their policy, and a policy that nobody can read", () => {
    const live = liveObjects("allow-list");
    expect(keys({ ...live, policy: null })).toEqual([["routes.unread.policyGone", {}]]);
    const bare = { ...live.route, metadata: { ...live.route.metadata, annotations: {} } };
    expect(readRouteSpec({ ...live, route: bare }).spec?.access.type).toBe("policy");
    const broken = live.policy === null ? null : withSpec(live.policy, { policy: 5 });
    expect(keys({ ...live, route: bare, policy: broken })).toEqual([["routes.unread.policy", {}]]);
  });

  it("never breaks the reader", () => {
    const hostile: KubeObject = {
      apiVersion: "x",
      kind: "HTTPRoute",
      metadata: { name: "x", annotations: [] },
      spec: { rules: [null, 5] },
    };
    const answer = readRouteSpec({
      route: hostile,
      imports: [hostile],
      policy: hostile,
      accessLog: hostile,
      healthPolicies: [hostile],
      clusterOf: () => null,
    });
    expect(answer.spec).toBeNull();
  });
});
