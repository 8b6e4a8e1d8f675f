import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { afterAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import { identityNameOf } from "../../lib/domain/clusters/identity-name.ts";
import type { KubeObject } from "../../lib/domain/requests/plan.ts";
import { buildClusterObjects } from "../../lib/manifests/clusters/build-cluster-objects.ts";
import { refOf } from "../../lib/manifests/clusters/read-object.ts";
import { BLUEPRINT_IDS, type BlueprintId, clusterToBuild, TEST_ACCOUNT } from "../../lib/manifests/clusters/testing.ts";
import { intentOf } from "../../lib/manifests/intent.ts";
import { normaliseAdmitted } from "../../lib/manifests/normalise-admitted.ts";
import { deleteRequestPatch, withProvenance } from "../../lib/manifests/provenance.ts";
import { clusterFiles } from "../cluster/custom-resource-definitions.ts";
import { resources } from "../kube/kube-object.ts";
import { roleIdentityObject } from "../testing/test-tenant.ts";
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
  return new Map(
    definitions.flatMap((definition) => {
      const { group, names, versions } = Spec.parse(definition.spec);
      return versions.map(({ name, schema }): [string, ValidateFunction] => {
        const { metadata: _metadata, ...properties } = z.record(z.string(), z.unknown()).parse(schema.openAPIV3Schema["properties"]);
        return [
          `${group}/${name}/${names.kind}`,
          ajv.compile({
            type: "object",
            properties: { ...z.record(z.string(), z.unknown()).parse(closed(properties)), metadata: {} },
            additionalProperties: false,
          }),
        ];
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

describe("the objects of every blueprint at the real API server", async () => {
  const sandbox = await useSandbox();
  const { namespace } = await sandbox.tenant();
  await sandbox.admin.apply(resources.roleIdentity, roleIdentityObject(identityNameOf(namespace, TEST_ACCOUNT.id), [namespace]));
  const kube = createKubernetes({
    clusters: [{ id: "sandbox", kubeconfigPath: join(inject("sandboxDirectory"), "portal", "kubeconfig") }],
    tenantEndpointCidrs: [],
    fieldManager: "trellis",
    log: createFakeLog(),
    metrics: createFakeMetrics(),
    clock: { now: () => new Date() },
  });
  const cluster = kube.managementCluster("sandbox");
  afterAll(() => kube.close());

  const objectsOf = (id: BlueprintId, name: string) => buildClusterObjects({ ...clusterToBuild(id, name), namespace });

  it.each(BLUEPRINT_IDS)("%s passes the webhooks with the portal's own rights, and what is admitted keeps every field", async (id) => {
    for (const object of objectsOf(id, "golden")) {
      const first = await cluster.apply(object, { dryRun: true });
      const second = await cluster.apply(object, { dryRun: true });
      expect(first.object).toMatchObject(object);
      expect(first.warnings).toEqual([]);
      expect(normaliseAdmitted(second.object, null)).toEqual(normaliseAdmitted(first.object, null));
      expect(intentOf(first.object)).toEqual(object);
    }
  });

  it("reads back exactly the intent it sent, also when others have written beside it", async () => {
    // Without their Cluster nobody works on them: only the fields are of interest.
    const objects = objectsOf("eks-private", "written").filter(({ kind }) => kind !== "Cluster");
    for (const object of objects) {
      const ref = refOf(object);
      await cluster.apply(withProvenance(object, { requestId: "R-1", contentHash: "0".repeat(64) }));
      await cluster.mergePatch(ref, deleteRequestPatch("R-2"));
      const written = await cluster.find(ref);
      expect(written === null ? null : intentOf(written)).toEqual(object);
      await cluster.delete(ref, { uid: String(written?.metadata["uid"]), resourceVersion: String(written?.metadata["resourceVersion"]) });
    }
  });

  it("notices that somebody took a field over", async () => {
    const [object] = objectsOf("eks-small", "moved").filter(({ kind }) => kind === "AWSManagedControlPlane");
    if (object === undefined) throw new Error("no control plane");
    await cluster.apply(object);
    await sandbox.admin.merge(
      resources.managedControlPlane,
      { namespace, name: object.metadata.name },
      { spec: { upgradePolicy: "extended" } },
    );
    const moved = await cluster.find(refOf(object));
    expect(moved === null ? null : intentOf(moved)).not.toEqual(object);
    await sandbox.admin.delete(resources.managedControlPlane, { namespace, name: object.metadata.name });
  });
});
