import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { afterAll, describe, expect, inject, it, vi } from "vitest";
import { z } from "zod";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import type { KubeObject } from "../../lib/domain/requests/plan.ts";
import { ServiceNetworkConfig } from "../../lib/domain/tenancy/networking.ts";
import { refOf } from "../../lib/manifests/clusters/read-object.ts";
import { intentOf } from "../../lib/manifests/intent.ts";
import { normaliseAdmitted } from "../../lib/manifests/normalise-admitted.ts";
import { buildRouteObjects } from "../../lib/manifests/routes/build-route-objects.ts";
import { readRouteSpec } from "../../lib/manifests/routes/read-route-spec.ts";
import { ROUTE_EXAMPLES, type RouteExample, routeToBuild } from "../../lib/manifests/routes/route-examples.ts";
import { buildConsumerObjects } from "../../lib/manifests/tenancy/build-consumer-objects.ts";
import { buildTenancyObjects } from "../../lib/manifests/tenancy/build-tenancy-objects.ts";
import { clusterFiles } from "../cluster/custom-resource-definitions.ts";
import { resources } from "../kube/kube-object.ts";
import { useSandbox } from "../testing/use-sandbox.ts";

const Version = z.looseObject({ name: z.string(), schema: z.looseObject({ openAPIV3Schema: z.record(z.string(), z.unknown()) }) });
const Spec = z.looseObject({ group: z.string(), names: z.looseObject({ kind: z.string() }), versions: z.array(Version) });

/** A structural schema forbids nothing by itself: an unknown field is dropped silently. Closing every object shows a misspelt one. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).filter(([name]) => !name.startsWith("x-kubernetes-") && name !== "nullable");
  const members = Object.fromEntries(entries.map(([name, value]) => [name, closed(value)]));
  const isOpen = "additionalProperties" in schema || !("properties" in schema) || "x-kubernetes-preserve-unknown-fields" in schema;
  return isOpen ? members : { ...members, additionalProperties: false };
}

async function schemas(): Promise<ReadonlyMap<string, ValidateFunction>> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const { definitions } = await clusterFiles();
  const own = definitions
    .map(({ spec }) => Spec.parse(spec))
    .filter(({ group }) => /gateway\.networking|application-networking/.test(group));
  return new Map(
    own.flatMap(({ group, names, versions }) =>
      versions.map(({ name, schema }): [string, ValidateFunction] => {
        const { metadata: _metadata, ...properties } = z.record(z.string(), z.unknown()).parse(schema.openAPIV3Schema["properties"]);
        const shape = { ...z.record(z.string(), z.unknown()).parse(closed(properties)), metadata: {} };
        return [`${group}/${name}/${names.kind}`, ajv.compile({ type: "object", properties: shape, additionalProperties: false })];
      }),
    ),
  );
}

function network(name: string) {
  return ServiceNetworkConfig.parse({
    name,
    account: "platform-prod",
    listeners: [
      { name: "https", protocol: "HTTPS", port: 443 },
      { name: "tls", protocol: "TLS", port: 8443 },
    ],
    publishers: ["payments"],
    callers: [],
  });
}

function platformObjects(name: string): readonly KubeObject[] {
  return buildTenancyObjects({ teams: [], grants: [], networks: [network(name)], portalUser: "trellis" });
}

function allOf(example: RouteExample, over: Parameters<typeof routeToBuild>[1] = {}): readonly KubeObject[] {
  const { providers, imports, policies, route, accessLog } = buildRouteObjects(routeToBuild(example, over));
  return [...providers.flatMap(({ objects }) => objects), ...imports, ...policies, route, ...(accessLog === null ? [] : [accessLog])];
}

describe("the objects of every route against the real schemas", async () => {
  const known = await schemas();
  const errorsOf = (object: KubeObject) => {
    const validate = known.get(`${object.apiVersion}/${object.kind}`);
    expect(validate, `${object.apiVersion}/${object.kind}`).toBeDefined();
    validate?.(object);
    return validate?.errors ?? [];
  };

  it.each(ROUTE_EXAMPLES)("%s fits, field by field", (example) => {
    for (const object of allOf(example).filter(({ kind }) => kind !== "Namespace"))
      expect(errorsOf(object), `${object.kind} ${object.metadata.name}`).toEqual([]);
  });

  it("class, Gateways and a consumer's association fit too", () => {
    const objects = [...platformObjects("net-prod"), ...buildConsumerObjects(network("net-prod"), ["sg-0a1b2c3d"])];
    for (const object of objects.filter(({ kind }) => kind !== "Namespace")) expect(errorsOf(object)).toEqual([]);
  });

  it("would notice a misspelt field", () => {
    const route = allOf("one-backend").find(({ kind }) => kind === "HTTPRoute");
    const validate = known.get("gateway.networking.k8s.io/v1/HTTPRoute");
    expect(validate?.({ ...route, spec: { parentRef: [] } })).toBe(false);
  });
});

describe("the objects of every route at the real API server", async () => {
  const sandbox = await useSandbox();
  const { namespace } = await sandbox.tenant();
  const team = namespace.replace(/^team-/, "");
  const networkName = `net-${team}`.slice(0, 55).replace(/-+$/, "");
  await sandbox.admin.merge(
    resources.namespace,
    { name: namespace },
    {
      metadata: { labels: { [`trellis.internal/network-${networkName}`]: "true" } },
    },
  );
  const kube = createKubernetes({
    clusters: [{ id: "sandbox", kubeconfigPath: join(inject("sandboxDirectory"), "portal", "kubeconfig") }],
    tenantEndpointCidrs: [],
    fieldManager: "trellis",
    log: createFakeLog(),
    metrics: createFakeMetrics(),
    clock: { now: () => new Date() },
  });
  const cluster = kube.managementCluster("sandbox");

  /** The controller writes finalizers and annotations all the while: a version that moved meanwhile is read again. */
  async function remove(object: KubeObject): Promise<void> {
    await vi.waitFor(
      async () => {
        const now = await cluster.find(refOf(object));
        if (now === null) return;
        await cluster.delete(refOf(object), { uid: String(now.metadata["uid"]), resourceVersion: String(now.metadata["resourceVersion"]) });
      },
      { timeout: 10_000, interval: 200 },
    );
  }

  afterAll(() => kube.close());

  const imports = `imports-${team}`.slice(0, 63).replace(/-+$/, "");
  function objectsOf(example: RouteExample): readonly KubeObject[] {
    const { spec } = routeToBuild(example);
    const rename = (key: string) => key.replace("team-payments/", `${namespace}/`);
    const rules = spec.rules.map((rule) => ({
      ...rule,
      backends: rule.backends.map((backend) => ({ ...backend, namespace: imports, cluster: rename(backend.cluster) })),
    }));
    const providers = Object.fromEntries(Object.entries(routeToBuild(example).providers).map(([key, provider]) => [rename(key), provider]));
    return allOf(example, { team, namespace, spec: { ...spec, rules, network: networkName }, providers });
  }
  const isProvided = ({ kind }: KubeObject) => kind === "ServiceExport" || kind === "TargetGroupPolicy";

  it.each(ROUTE_EXAMPLES)("%s passes admission with the portal's own rights, and what is admitted keeps every field", async (example) => {
    for (const object of objectsOf(example).filter((one) => !isProvided(one))) {
      if (object.kind === "Namespace") await cluster.apply(object);
      const first = await cluster.apply(object, { dryRun: true });
      expect(first.object).toMatchObject(object);
      expect(first.warnings).toEqual([]);
      expect(intentOf(first.object)).toEqual(object);
      const second = await cluster.apply(object, { dryRun: true });
      expect(normaliseAdmitted(second.object, null)).toEqual(normaliseAdmitted(first.object, null));
    }
  });

  // The portal has no right to them here: it writes them in the provider's cluster, with that cluster's own kubeconfig.
  it.each(ROUTE_EXAMPLES)("the exports of %s are taken by an API server", async (example) => {
    for (const object of objectsOf(example).filter(isProvided)) {
      const resource = object.kind === "ServiceExport" ? resources.serviceExport : resources.targetGroupPolicy;
      const written = await sandbox.admin.apply(resource, object);
      expect(written).toMatchObject(object);
      await sandbox.admin.delete(resource, { namespace: String(object.metadata.namespace), name: object.metadata.name });
    }
  });

  it("the platform's side passes with the portal's own rights", async () => {
    for (const object of platformObjects(networkName)) {
      if (object.kind === "Namespace") await cluster.apply(object);
      const { object: admitted } = await cluster.apply(object, { dryRun: true });
      expect(intentOf(admitted)).toEqual(object);
    }
  });

  it("gives back the spec from what really stands there", async () => {
    const wanted = objectsOf("allow-list");
    const live: KubeObject[] = [];
    for (const object of wanted.filter((one) => !isProvided(one))) {
      await cluster.apply(object);
      const found = await cluster.find(refOf(object));
      expect(found === null ? null : intentOf(found)).toEqual(object);
      if (found !== null) live.push(found);
    }
    const of = (kind: string) => live.filter((object) => object.kind === kind);
    const [route] = of("HTTPRoute");
    const [policy = null] = of("IAMAuthPolicy");
    if (route === undefined) throw new Error("no route");
    const healthPolicies = wanted.filter(({ kind }) => kind === "TargetGroupPolicy");
    const clusterOf = (eksName: string) => (eksName === "team-payments_checkout" ? `${namespace}/checkout` : null);
    const read = readRouteSpec({ route, imports: of("ServiceImport"), policy, accessLog: null, healthPolicies, clusterOf });
    const { spec } = routeToBuild("allow-list");
    expect(read.unread).toEqual([]);
    expect(read.spec).toMatchObject({ access: spec.access, healthCheck: spec.healthCheck, network: networkName, protocol: "http" });
    for (const object of live.filter(({ kind }) => kind !== "Namespace").toReversed()) await remove(object);
  });
});
