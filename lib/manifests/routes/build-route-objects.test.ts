import { describe, expect, it } from "vitest";
import { MAX_POLICY_BYTES } from "../../domain/routes/auth-policy.ts";
import { exportOf } from "../../domain/routes/export-names.ts";
import { RouteSpec } from "../../domain/routes/route-input.ts";
import { intentOf } from "../intent.ts";
import { textMapAt, valueAt } from "../safe-read.ts";
import { toYaml } from "../to-yaml.ts";
import { buildRouteObjects, type RouteObjects } from "./build-route-objects.ts";
import { ROUTE_EXAMPLES, routeToBuild } from "./route-examples.ts";

function allOf({ providers, imports, policies, route, accessLog }: RouteObjects) {
  return [...providers.flatMap(({ objects }) => objects), ...imports, ...policies, route, ...(accessLog === null ? [] : [accessLog])];
}

/** Every document with a comment that says where it is applied. */
function golden(objects: RouteObjects): string {
  const own = [...objects.imports, ...objects.policies, objects.route, ...(objects.accessLog === null ? [] : [objects.accessLog])];
  const places = [
    ...objects.providers.map(({ destination, objects: list }) => ({ destination, list })),
    { destination: "management cluster", list: own },
  ];
  return places.flatMap(({ destination, list }) => list.map((object) => `# ${destination}\n${toYaml(object)}`)).join("---\n");
}

const OURS = { "app.kubernetes.io/managed-by": "trellis", "trellis.internal/team": "payments", "trellis.internal/route": "orders" };

describe.each(ROUTE_EXAMPLES)("the objects of %s", (example) => {
  const objects = buildRouteObjects(routeToBuild(example));

  it("equal the golden file byte for byte", async () => {
    await expect(golden(objects)).toMatchFileSnapshot(`testdata/${example}.yaml`);
  });

  it("are intent and nothing else, labelled as the route's", () => {
    for (const object of allOf(objects)) {
      expect(intentOf(object)).toEqual(object);
      expect(object).not.toHaveProperty("status");
      expect(object.metadata).not.toHaveProperty("finalizers");
      const labels = object.kind === "Namespace" ? { "trellis.internal/imports": "true" } : OURS;
      expect(object.metadata["labels"]).toMatchObject(labels);
    }
  });

  it("send no annotation that only the controller writes", () => {
    for (const object of allOf(objects))
      for (const key of Object.keys(textMapAt(object, "metadata", "annotations")))
        expect(key).not.toMatch(/lattice-assigned|lattice-service-arn|resource|Subscription/);
  });

  it("name every backend by an import that is pinned, in its namespace, and granted to the team", () => {
    const imports = objects.imports.filter(({ kind }) => kind === "ServiceImport");
    const names = new Set(imports.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
    const refs = JSON.stringify(objects.route).matchAll(/"namespace":"([^"]+)","name":"([^"]+)","weight"/g);
    expect(new Set([...refs].map(([, namespace, name]) => `${namespace}/${name}`))).toEqual(names);
    for (const one of imports) {
      expect(Object.keys(textMapAt(one, "metadata", "annotations"))).toHaveLength(3);
      const grant = objects.imports.find(({ kind, metadata }) => kind === "ReferenceGrant" && metadata.name === one.metadata.name);
      expect(grant).toMatchObject({
        metadata: { namespace: one.metadata.namespace },
        spec: {
          from: [{ kind: objects.route.kind, namespace: "team-payments" }],
          to: [{ kind: "ServiceImport", name: one.metadata.name }],
        },
      });
    }
  });
});

it("puts each cluster's exports to that cluster, once, whatever the number of rules", () => {
  const { providers, imports } = buildRouteObjects(routeToBuild("two-clusters-weighted"));
  expect(
    providers.map(({ destination, objects }) => [destination, objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)]),
  ).toEqual([
    ["mgmt-local/team-payments/checkout", ["ServiceExport/orders", "TargetGroupPolicy/orders-lattice"]],
    ["mgmt-local/team-payments/checkout-2", ["ServiceExport/orders", "TargetGroupPolicy/orders-lattice"]],
  ]);
  expect(imports.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
    "Namespace/payments",
    "ReferenceGrant/payments-checkout-orders",
    "ServiceImport/payments-checkout-orders",
    "ReferenceGrant/payments-checkout-2-orders",
    "ServiceImport/payments-checkout-2-orders",
  ]);
});

it("stores the policy minified, and refuses one that does not fit or cannot be read", () => {
  const policyOf = (spec: RouteSpec) => buildRouteObjects(routeToBuild("one-backend", { spec })).policies[0];
  const { spec } = routeToBuild("one-backend");
  expect(valueAt(buildRouteObjects(routeToBuild("policy-by-hand")).policies[0], "spec", "policy")).toBe(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"vpc-lattice-svcs:Invoke","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}]}',
  );
  const callers = Array.from({ length: 50 }, (_, index) => ({
    team: "shop",
    name: `caller-${index}`,
    principal: { type: "role", roleArn: `arn:aws:iam::333344445555:role/${"r".repeat(200)}${index}` },
    methods: [],
    paths: [],
  }));
  const long = RouteSpec.parse({ ...spec, access: { type: "callers", callers } });
  expect(() => policyOf(long)).toThrow(expect.objectContaining({ code: "PRECONDITION", key: "routes.policySize" }));
  expect(JSON.stringify(callers).length).toBeGreaterThan(MAX_POLICY_BYTES);
  expect(() => policyOf({ ...spec, access: { type: "policy", policy: "{}" } })).toThrow(
    expect.objectContaining({ code: "INVALID", key: "routes.field.policyShape" }),
  );
});

it("refuses clusters that vanished between form and plan", () => {
  expect(() => buildRouteObjects(routeToBuild("one-backend", { providers: {} }))).toThrow(
    expect.objectContaining({ code: "PRECONDITION", key: "routes.providerGone" }),
  );
  expect(() => buildRouteObjects(routeToBuild("allow-list", { callerVpcs: {} }))).toThrow(
    expect.objectContaining({ code: "PRECONDITION", key: "routes.callerGone" }),
  );
});

it("uses the import that is there already", () => {
  const { spec } = routeToBuild("one-backend");
  const [backend] = spec.rules[0]?.backends ?? [];
  if (backend === undefined) throw new Error("no backend");
  const { imports, route } = buildRouteObjects(routeToBuild("one-backend", { importNames: { [exportOf(backend)]: "other-name" } }));
  expect(imports.at(-1)?.metadata.name).toBe("other-name");
  expect(JSON.stringify(route)).toContain('"name":"other-name","weight":1');
});
