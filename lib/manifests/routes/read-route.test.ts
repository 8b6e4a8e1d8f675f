import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KubeObject } from "../../domain/requests/plan.ts";
import { ROUTE_KINDS } from "../../domain/routes/observed-route.ts";
import { routeMapping } from "../../domain/routes/route-mapping.ts";
import { routePath } from "../../domain/routes/route-path-view.ts";
import { nextRouteStatusChange, routeStatus } from "../../domain/routes/route-status.ts";
import { RouteStatus } from "../../domain/routes/route-view.ts";
import { lattice, NOW, observedRoute } from "../../domain/routes/testing.ts";
import { readAccessLogPolicy } from "./read-access-log-policy.ts";
import { readAuthPolicy } from "./read-auth-policy.ts";
import { readEvent } from "./read-event.ts";
import { readGateway } from "./read-gateway.ts";
import { readGatewayClass } from "./read-gateway-class.ts";
import { readReferenceGrant } from "./read-reference-grant.ts";
import { readRoute } from "./read-route.ts";
import { readServiceImport } from "./read-service-import.ts";
import { readVpcAssociationPolicy } from "./read-vpc-association-policy.ts";
import { routeRefs } from "./route-refs.ts";

const seen = (object: unknown) => ({ object: KubeObject.parse(object), observedAt: NOW });
const ANK = "application-networking.k8s.aws";

function route(spec: object, more: { readonly annotations?: object; readonly status?: object; readonly labels?: object } = {}) {
  return seen({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: {
      name: "orders",
      namespace: "team-payments",
      generation: 3,
      uid: "u-1",
      labels: more.labels ?? {},
      annotations: more.annotations ?? {},
    },
    spec,
    ...(more.status === undefined ? {} : { status: more.status }),
  });
}

describe("an HTTPRoute", () => {
  it("is read with its parents, its rules and what the controller said", () => {
    const read = readRoute(
      "HTTPRoute",
      route(
        {
          parentRefs: [
            { kind: "Gateway", namespace: "lattice", name: "net-prod", sectionName: "https" },
            { kind: "Service", name: "mesh" },
          ],
          hostnames: ["orders.example.com"],
          rules: [
            {
              matches: [{ path: { type: "PathPrefix", value: "/v1/" }, method: "GET", headers: [{ name: "x-canary", value: "true" }] }],
              backendRefs: [{ group: ANK, kind: "ServiceImport", namespace: "payments", name: "payments-checkout-orders", weight: 90 }],
            },
          ],
        },
        {
          labels: { "app.kubernetes.io/managed-by": "trellis" },
          annotations: {
            [`${ANK}/service-name-override`]: "payments-orders",
            [`${ANK}/lattice-assigned-domain-name`]: "x.on.aws",
            "trellis.internal/visibility": "organisation",
            "trellis.internal/callers": JSON.stringify([
              {
                team: "shop",
                name: "cart",
                principal: { type: "cluster", cluster: "team-shop/storefront" },
                methods: ["GET"],
                paths: ["/v1/*"],
              },
            ]),
          },
          status: {
            parents: [
              {
                parentRef: { kind: "Gateway", namespace: "lattice", name: "net-prod", sectionName: "https" },
                conditions: [{ type: "Accepted", status: "True", reason: "Accepted", observedGeneration: 2 }],
              },
            ],
          },
        },
      ),
    );
    expect(read).toMatchObject({
      managed: true,
      visibility: "organisation",
      generation: 3,
      network: "net-prod",
      listener: "https",
      hostnames: ["orders.example.com"],
      serviceName: "payments-orders",
      annotatedDomain: "x.on.aws",
      parents: [
        { gateway: { namespace: "lattice", name: "net-prod" }, observedGeneration: 2, conditions: [{ type: "Accepted", status: "True" }] },
      ],
      rules: [
        {
          match: { path: { type: "prefix", value: "/v1/" }, method: "GET", headers: [{ name: "x-canary", value: "true" }] },
          backends: [{ kind: "ServiceImport", namespace: "payments", name: "payments-checkout-orders", weight: 90 }],
          unsupported: [],
        },
      ],
      callers: [{ team: "shop", name: "cart" }],
    });
    expect(read.parents).toHaveLength(1);
  });

  it.each<[string, object, readonly string[]]>([
    ["several matches", { matches: [{}, {}, {}] }, ["matches[1]", "matches[2]"]],
    ["a query", { matches: [{ queryParams: [{ name: "a", value: "b" }] }] }, ["queryParams"]],
    ["a regular expression", { matches: [{ path: { type: "RegularExpression", value: ".*" } }] }, ["path.RegularExpression"]],
    ["a path Lattice cannot compare", { matches: [{ path: { type: "Exact", value: "/a b" } }] }, ["path.value"]],
    [
      "a header by pattern",
      { matches: [{ headers: [{ type: "RegularExpression", name: "a", value: ".*" }] }] },
      ["headers.RegularExpression"],
    ],
    ["six headers", { matches: [{ headers: Array.from({ length: 6 }, (_, n) => ({ name: `h${n}`, value: "v" })) }] }, ["headers[5]"]],
    [
      "ignored fields",
      { filters: [{ type: "URLRewrite" }], timeouts: { request: "1s" }, retry: { attempts: 2 }, sessionPersistence: {} },
      ["filters", "timeouts", "retry", "sessionPersistence"],
    ],
    ["a weight beyond Lattice's", { backendRefs: [{ name: "a", weight: 5_000 }] }, ["backendRefs.weight"]],
    ["nothing odd", { matches: [{ path: { value: "/" } }], filters: [], backendRefs: [{ name: "a" }] }, []],
  ])("names %s", (_name, rule, unsupported) =>
    expect(readRoute("HTTPRoute", route({ rules: [rule] })).rules[0]?.unsupported).toEqual(unsupported),
  );

  it("derives the service name as the controller does when nobody set one", () => {
    const long = seen({
      apiVersion: "x/v1",
      kind: "HTTPRoute",
      metadata: { name: "orders-of-the-shop-with-a-long-name", namespace: "team-payments-and-more" },
    });
    expect(readRoute("HTTPRoute", long).serviceName).toBe("orders-of-the-shop-w-team-payments-and");
  });

  it("takes a route outside team namespaces as not managed", () => {
    const other = seen({
      apiVersion: "x/v1",
      kind: "HTTPRoute",
      metadata: { name: "r", namespace: "default", labels: { "app.kubernetes.io/managed-by": "trellis" } },
    });
    expect(readRoute("HTTPRoute", other)).toMatchObject({ team: null, managed: false, visibility: "team" });
  });
});

it("reads a GRPCRoute's service and method", () => {
  const read = (match: object) => readRoute("GRPCRoute", route({ rules: [{ matches: [match] }] })).rules[0];
  expect(read({ method: { service: "shop.v1.Cart", method: "Add" } })).toMatchObject({
    match: { grpc: { service: "shop.v1.Cart", method: "Add" } },
    unsupported: [],
  });
  expect(read({ method: { method: "Add" } })).toMatchObject({ match: { headers: [] }, unsupported: ["method"] });
  expect(read({ method: { type: "RegularExpression", service: ".*" } })?.unsupported).toContain("method.RegularExpression");
});

it("reads a Gateway's network from the message of Programmed, and only from that", () => {
  const gateway = (message: string) =>
    readGateway(
      seen({
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        metadata: { name: "net-prod", namespace: "lattice" },
        spec: { gatewayClassName: "amazon-vpc-lattice", listeners: [{ name: "https", protocol: "HTTPS", port: 443 }] },
        status: {
          conditions: [{ type: "Programmed", status: "True", message }],
          listeners: [{ name: "https", attachedRoutes: 4, conditions: [] }],
        },
      }),
    );
  const arn = "arn:aws:vpc-lattice:ap-northeast-1:333344445555:servicenetwork/sn-0a1b2c3d4e5f60718";
  expect(gateway(`aws-service-network-arn: ${arn}`)).toMatchObject({
    networkArn: arn,
    listeners: [{ name: "https", port: 443, attachedRoutes: 4 }],
  });
  expect(gateway("all is well").networkArn).toBeNull();
});

it("takes an AccessLogPolicy without a namespace for one about `default`, and an IAMAuthPolicy for one about its own", () => {
  const policy = (kind: string) =>
    seen({
      apiVersion: `${ANK}/v1alpha1`,
      kind,
      metadata: { name: "p", namespace: "team-payments" },
      spec: { targetRef: { kind: "HTTPRoute", name: "orders" } },
    });
  expect(readAccessLogPolicy(policy("AccessLogPolicy")).target).toEqual({ kind: "HTTPRoute", namespace: "default", name: "orders" });
  expect(readAuthPolicy(policy("IAMAuthPolicy")).target).toEqual({ kind: "HTTPRoute", namespace: "team-payments", name: "orders" });
});

it("unfolds combined Events and keeps first and last time in order", () => {
  const event = (more: object) =>
    readEvent("m", {
      metadata: { uid: "e-1", creationTimestamp: "2026-11-22T11:00:00Z" },
      involvedObject: { kind: "HTTPRoute", namespace: "team-payments", name: "orders" },
      type: "Warning",
      reason: "FailedDeployModel",
      ...more,
    });
  expect(
    event({
      message: "(combined from similar events): boom",
      count: 12,
      firstTimestamp: "2026-11-22T10:00:00Z",
      lastTimestamp: "2026-11-22T11:30:00Z",
    }),
  ).toMatchObject({
    message: "boom",
    combined: true,
    count: 12,
    firstAt: new Date("2026-11-22T10:00:00Z"),
    lastAt: new Date("2026-11-22T11:30:00Z"),
  });
  expect(event({ message: "boom", eventTime: "2026-11-22T11:10:00.123456Z" })).toMatchObject({
    combined: false,
    count: 1,
    lastAt: new Date("2026-11-22T11:10:00.123Z"),
  });
  expect(readEvent("m", { message: "about nothing" })).toBeNull();
});

it("reads grants as pairs of a route's kind and namespace with imports", () => {
  const grant = (group: string) =>
    readReferenceGrant({
      spec: {
        from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "team-payments" }],
        to: [{ group, kind: "ServiceImport" }],
      },
    });
  expect(grant(ANK)).toEqual([{ fromKind: "HTTPRoute", fromNamespace: "team-payments", kind: "ServiceImport", name: null }]);
  expect(grant("")).toEqual([]);
});

const json = fc.jsonValue({ maxDepth: 5 });
const hostile = fc
  .record({ spec: json, status: json, labels: json, annotations: json, finalizers: json, generation: json })
  .map(({ spec, status, ...metadata }) =>
    seen({
      apiVersion: "x/v1",
      kind: "K",
      metadata: { name: "n", namespace: "team-payments", creationTimestamp: metadata.labels, ...metadata },
      spec,
      status,
    }),
  );
/** Shapes near to the real ones go deeper than any JSON. */
const nearly = fc
  .record({
    parentRefs: fc.oneof(
      json,
      fc.array(fc.record({ name: json, namespace: json, sectionName: json, kind: fc.constantFrom("Gateway", 7) })),
    ),
    hostnames: json,
    rules: fc.oneof(
      json,
      fc.array(
        fc.record({
          matches: fc.oneof(json, fc.array(fc.record({ path: json, method: json, headers: json, queryParams: json }))),
          backendRefs: fc.oneof(json, fc.array(fc.record({ name: json, kind: json, weight: json, namespace: json }))),
          filters: json,
        }),
      ),
    ),
    listeners: json,
    targetRef: json,
    policy: json,
  })
  .map((spec) =>
    seen({
      apiVersion: "x/v1",
      kind: "K",
      metadata: { name: "n", namespace: "team-payments" },
      spec,
      status: { parents: spec.rules, conditions: spec.rules, listeners: spec.hostnames },
    }),
  );

it("reads anything anybody may have written, and what is made of it never throws and is never green", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ROUTE_KINDS),
      fc.oneof(hostile, nearly),
      fc.oneof(hostile, nearly),
      fc.option(fc.constant(lattice()), { nil: null }),
      (kind, object, other, held) => {
        const { callers: _callers, ...read } = readRoute(kind, object);
        const { target: _target, ...policy } = readAuthPolicy(other);
        const { target: _logTarget, ...accessLog } = readAccessLogPolicy(other);
        const observed = observedRoute({
          ...read,
          gateway: readGateway(other),
          imports: [readServiceImport(other)],
          policy,
          accessLog,
          providers: [],
          lattice: held,
        });
        const status = RouteStatus.parse(routeStatus(observed, NOW));
        expect(status.state).not.toBe("ok");
        nextRouteStatusChange(observed, NOW);
        routePath(observed);
        routeMapping(observed, NOW);
        routeRefs(observed);
        readVpcAssociationPolicy(other);
        readGatewayClass(other);
        readReferenceGrant(object.object);
        readEvent("m", { ...object.object, involvedObject: object.object["spec"] });
      },
    ),
    { numRuns: 300 },
  );
});
