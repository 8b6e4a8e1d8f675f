import { Ajv, type ValidateFunction } from "ajv";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import type { KubeObject } from "../../lib/domain/requests/plan.ts";
import { buildClusterObjects } from "../../lib/manifests/clusters/build-cluster-objects.ts";
import { BLUEPRINT_IDS, clusterToBuild } from "../../lib/manifests/clusters/testing.ts";
import { intentOf } from "../../lib/manifests/intent.ts";
import { normaliseAdmitted } from "../../lib/manifests/normalise-admitted.ts";
import { clusterFiles } from "../cluster/custom-resource-definitions.ts";

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
  return new Map(
    definitions.flatMap((definition) => {
      const { group, names, versions } = Spec.parse(definition.spec);
      return versions.map(({ name, schema }): [string, ValidateFunction] => {
        const { metadata: _metadata, ...properties } = z.record(z.string(), z.unknown()).parse(schema.openAPIV3Schema["properties"]);
        return [`${group}/${name}/${names.kind}`, ajv.compile({ type: "object", properties: { ...z.record(z.string(), z.unknown()).parse(closed(properties)), metadata: {} }, additionalProperties: false })];
      });
    }),
  );
}

function keyOf({ apiVersion, kind }: KubeObject): string {
  return `${apiVersion}/${kind}`;
}

describe("the objects of every blueprint against the real schemas", async () => {
  const known = await schemas();

  it.each(BLUEPRINT_IDS)("%s fits, field by field", (id) => {
    for (const object of buildClusterObjects(clusterToBuild(id))) {
      const validate = known.get(keyOf(object));
      expect(validate, keyOf(object)).toBeDefined();
      validate?.(object);
      expect(validate?.errors ?? [], `${object.kind} ${object.metadata.name}`).toEqual([]);
    }
  });

  it("would notice a misspelt field", () => {
    const [cluster] = buildClusterObjects(clusterToBuild("eks-small"));
    const validate = known.get("cluster.x-k8s.io/v1beta2/Cluster");
    expect(validate?.({ ...cluster, spec: { clusterNetwrok: {} } })).toBe(false);
  });
});

describe("the objects of every blueprint at the real API server", () => {
  const kubeconfigPath = process.env.TRELLIS_SANDBOX_KUBECONFIG ?? join(inject("sandboxDirectory"), "admin.kubeconfig");
  const kube = createKubernetes({
    clusters: [{ id: "sandbox", kubeconfigPath }],
    tenantEndpointCidrs: [],
    fieldManager: "trellis",
    log: createFakeLog(),
    metrics: createFakeMetrics(),
    clock: { now: () => new Date() },
  });
  const cluster = kube.managementCluster("sandbox");

  it.each(BLUEPRINT_IDS)("%s passes the webhooks, and what is admitted keeps every field", async (id) => {
    for (const object of buildClusterObjects(clusterToBuild(id, "golden"))) {
      const first = await cluster.apply(object, { dryRun: true });
      const second = await cluster.apply(object, { dryRun: true });
      expect(first.object).toMatchObject(object);
      expect(normaliseAdmitted(second.object, null)).toEqual(normaliseAdmitted(first.object, null));
      expect(intentOf(first.object)).toEqual(intentOf(object));
    }
  });
});
