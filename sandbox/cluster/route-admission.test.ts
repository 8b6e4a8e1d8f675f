import { beforeAll, describe, expect, it } from "vitest";
import { apiVersionOf, type KubeObject, type Resource, resources } from "../kube/kube-object.ts";
import type { TestTenant } from "../testing/test-tenant.ts";
import { type Sandbox, useSandbox } from "../testing/use-sandbox.ts";

let sandbox: Sandbox;
let tenant: TestTenant;
let team: string;
const key = (name: string) => `application-networking.k8s.aws/${name}`;
type Change = Record<string, unknown>;

beforeAll(async () => {
  sandbox = await useSandbox();
  tenant = await sandbox.tenant();
  team = tenant.namespace.replace("team-", "");
  await sandbox.admin.merge(
    resources.namespace,
    { name: tenant.namespace },
    { metadata: { labels: { "trellis.internal/network-net-prod": "true" } } },
  );
});

const dryRun = (resource: Resource, object: KubeObject) => sandbox.admin.apply(resource, object, true, { dryRun: "All" });
const backend = (change: Change = {}) => ({
  group: "application-networking.k8s.aws",
  kind: "ServiceImport",
  namespace: "payments",
  name: `${team}-checkout-orders`,
  weight: 1,
  ...change,
});

function route(change: { annotations?: Change; parent?: Change; rule?: Change; spec?: Change; kind?: Resource } = {}) {
  const resource = change.kind ?? resources.httpRoute;
  const parent = { kind: "Gateway", namespace: "lattice", name: "net-prod", sectionName: "https", ...change.parent };
  const annotations = { [key("service-name-override")]: `${team}-orders`, ...change.annotations };
  return dryRun(resource, {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      name: "orders",
      namespace: tenant.namespace,
      annotations: Object.fromEntries(Object.entries(annotations).map(([name, value]) => [name, String(value)])),
    },
    spec: { parentRefs: [parent], rules: [{ backendRefs: [backend()], ...change.rule }], ...change.spec },
  });
}

describe("the policy on routes", () => {
  it("accepts what Lattice can do: weights, exact headers, a method, a path", async () => {
    const match = {
      path: { type: "PathPrefix", value: "/v1/" },
      method: "GET",
      headers: [{ type: "Exact", name: "x-canary", value: "true" }],
    };
    const rule = {
      matches: [match],
      backendRefs: [backend({ weight: 90 }), backend({ name: `${team}-checkout-orders-next`, weight: 10 })],
    };
    await expect(route({ rule })).resolves.toMatchObject({ metadata: { name: "orders" } });
    const grpc = { matches: [{ method: { service: "ledger.Ledger", method: "Book" } }], backendRefs: [backend()] };
    await expect(route({ kind: resources.grpcRoute, rule: grpc })).resolves.toBeDefined();
    await expect(route({ kind: resources.tlsRoute, spec: { hostnames: ["orders.example.com"] } })).resolves.toBeDefined();
  });

  it("wants a Lattice name, and takes no other service over", async () => {
    await expect(route({ annotations: { [key("service-name-override")]: "" } })).rejects.toThrow(/must name its Lattice service/);
    await expect(route({ annotations: { [key("service-name-override")]: "svc-orders" } })).rejects.toThrow(/must name its Lattice service/);
    await expect(route({ annotations: { [key("allow-takeover-from")]: "1/a/vpc-1" } })).rejects.toThrow(/take over somebody else/);
    await expect(route({ annotations: { [key("rule-0-priority")]: "7" } })).rejects.toThrow(/order of the rules/);
  });

  it("lets it attach only to a network the team may publish to, at a named listener", async () => {
    await expect(route({ parent: { name: "net-secret" } })).rejects.toThrow(/may publish to/);
    await expect(route({ parent: { sectionName: undefined } })).rejects.toThrow(/may publish to/);
    await expect(route({ parent: { namespace: tenant.namespace } })).rejects.toThrow(/may publish to/);
  });

  it("lets it reach only imports of the team, and never a Service", async () => {
    await expect(route({ rule: { backendRefs: [backend({ name: "shop-storefront-cart" })] } })).rejects.toThrow(/an import of this team/);
    await expect(route({ rule: { backendRefs: [backend({ namespace: undefined })] } })).rejects.toThrow(/must name the namespace/);
    const service = { kind: "Service", group: "", name: `${team}-orders`, namespace: "payments", port: 80 };
    await expect(route({ rule: { backendRefs: [service] } })).rejects.toThrow(/kind ServiceImport/);
    await expect(route({ rule: { backendRefs: [backend({ weight: 5000 })] } })).rejects.toThrow(/weights from 0 to 999/);
  });

  it.each([
    ["a filter", { filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["x-a"] } }] }, /ignored by the controller/],
    ["a timeout", { timeouts: { request: "5s" } }, /ignored by the controller/],
    ["two matches", { matches: [{ path: { value: "/a" } }, { path: { value: "/b" } }] }, /at most one match/],
    ["a query match", { matches: [{ queryParams: [{ name: "a", value: "b" }] }] }, /query parameters/],
    ["a regular expression", { matches: [{ path: { type: "RegularExpression", value: "/a.*" } }] }, /regular expressions/],
    ["a header by expression", { matches: [{ headers: [{ type: "RegularExpression", name: "x", value: ".*" }] }] }, /regular expressions/],
  ])("refuses %s", async (_what, rule, words) => {
    await expect(route({ rule })).rejects.toThrow(words);
  });

  it("refuses a TLSRoute without exactly one rule", async () => {
    const rule = { backendRefs: [backend()] };
    await expect(
      route({ kind: resources.tlsRoute, spec: { hostnames: ["a.example.com", "b.example.com"], rules: [rule] } }),
    ).rejects.toThrow(/exactly one hostname/);
  });
});

describe("the policies on what steers a network", () => {
  const object = (resource: Resource, spec: object, metadata: Change = {}): KubeObject => ({
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: { name: "orders", namespace: tenant.namespace, ...metadata },
    spec,
  });
  const target = (kind: string, change: Change = {}) => ({ group: "gateway.networking.k8s.io", kind, name: "orders", ...change });

  it("let a team's policies aim at its own routes only", async () => {
    const policy = (ref: object) => dryRun(resources.iamAuthPolicy, object(resources.iamAuthPolicy, { policy: "{}", targetRef: ref }));
    await expect(policy(target("HTTPRoute"))).resolves.toBeDefined();
    await expect(policy(target("Gateway"))).rejects.toThrow(/at a route only/);
    await expect(policy(target("HTTPRoute", { namespace: "team-other" }))).rejects.toThrow(/own namespace only/);
    const logs = (ref: object) =>
      dryRun(resources.accessLogPolicy, object(resources.accessLogPolicy, { destinationArn: "arn:aws:s3:::logs", targetRef: ref }));
    await expect(logs(target("HTTPRoute", { namespace: tenant.namespace }))).resolves.toBeDefined();
    // Left out, the namespace is the literal `default`.
    await expect(logs(target("HTTPRoute"))).rejects.toThrow(/own namespace only/);
  });

  it("keep Gateways and imports out of a team's namespace", async () => {
    const listeners = [{ name: "http", protocol: "HTTP", port: 80 }];
    const gateway = object(resources.gateway, { gatewayClassName: "amazon-vpc-lattice", listeners }, { name: "net-prod" });
    await expect(dryRun(resources.gateway, gateway)).rejects.toThrow(/belongs to the platform/);
    const spec = { type: "ClusterSetIP", ports: [{ port: 80 }] };
    await expect(dryRun(resources.serviceImport, object(resources.serviceImport, spec))).rejects.toThrow(/belongs to the platform/);
  });

  it("want the portal's imports pinned to one export", async () => {
    const pins = {
      [key("export-name")]: "orders",
      [key("aws-eks-cluster-name")]: "team-payments_checkout",
      [key("aws-vpc")]: "vpc-0d2e3f40516273849",
    };
    const one = (annotations: object) =>
      dryRun(
        resources.serviceImport,
        object(
          resources.serviceImport,
          { type: "ClusterSetIP", ports: [{ port: 80 }] },
          { namespace: "default", labels: { "app.kubernetes.io/managed-by": "trellis" }, annotations },
        ),
      );
    await expect(one(pins)).resolves.toBeDefined();
    await expect(one({ ...pins, [key("aws-vpc")]: "" })).rejects.toThrow(/names export, cluster and VPC/);
    await expect(one({ ...pins, [key("target-group-arn")]: "arn" })).rejects.toThrow(/names export, cluster and VPC/);
  });
});
