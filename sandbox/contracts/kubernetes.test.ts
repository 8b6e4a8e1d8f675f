import { randomBytes } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { describeKubernetesContract } from "../../lib/adapters/kubernetes/contract.ts";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { type KubernetesPort, type ManagementClusterPort, WATCHED_KINDS } from "../../lib/adapters/kubernetes/port.ts";
import type { KubeObject } from "../../lib/domain/requests/plan.ts";

const kubeconfigPath = process.env.TRELLIS_SANDBOX_KUBECONFIG ?? path.join(inject("sandboxDirectory"), "admin.kubeconfig");
const portalKubeconfigPath = path.join(path.dirname(kubeconfigPath), "portal", "kubeconfig");
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const unmeasured = { count: () => undefined, gauge: () => undefined, observe: () => undefined, render: async () => "" };

function connect(file: string, fieldManager: string): KubernetesPort {
  const clusters = [{ id: "sandbox", kubeconfigPath: file }];
  return createKubernetes({
    clusters,
    tenantEndpointCidrs: ["127.0.0.0/8"],
    fieldManager,
    log: quiet,
    metrics: unmeasured,
    clock: { now: () => new Date() },
  });
}

async function removeNamespace(cluster: ManagementClusterPort, name: string): Promise<void> {
  const ref = { apiVersion: "v1", kind: "Namespace", name };
  const live = await cluster.find(ref);
  if (live) await cluster.delete(ref, { uid: String(live.metadata.uid), resourceVersion: String(live.metadata.resourceVersion) });
}

describeKubernetesContract("sandbox", async () => {
  const kube = connect(kubeconfigPath, "trellis");
  const cluster = kube.managementCluster("sandbox");
  const namespace = `contract-${randomBytes(4).toString("hex")}`;
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  return {
    cluster,
    namespace,
    async applyAs(manager: string, object: KubeObject) {
      const other = connect(kubeconfigPath, manager);
      await other.managementCluster("sandbox").apply(object);
      await other.close();
    },
    async close() {
      await removeNamespace(cluster, namespace);
      await kube.close();
    },
  };
});

describe("what the real webhooks and the real API server refuse", () => {
  const namespace = `contract-${randomBytes(4).toString("hex")}`;
  const admin = connect(kubeconfigPath, "trellis");
  const cluster = admin.managementCluster("sandbox");
  const controlPlane = (spec: Readonly<Record<string, unknown>>): KubeObject => ({
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
    kind: "AWSManagedControlPlane",
    metadata: { name: "shop", namespace },
    spec: { region: "eu-central-1", ...spec },
  });

  beforeAll(async () => {
    await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  });
  afterAll(async () => {
    await removeNamespace(cluster, namespace);
    await admin.close();
  });

  it("tells a schema error by its field", async () => {
    await expect(cluster.apply(controlPlane({ version: "latest" }), { dryRun: true })).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "kubernetes.refused",
      values: { by: "kube-apiserver" },
      fields: [{ path: "spec.version", key: "kubernetes.field.invalid" }],
    });
  });

  it("tells CAPA's refusal by its webhook, field and own words", async () => {
    const entries = [{ principalARN: "arn:aws:iam::111122223333:role/platform-admin", type: "standard" }];
    await expect(
      cluster.apply(controlPlane({ version: "v1.33.0", accessConfig: { authenticationMode: "config_map" }, accessEntries: entries }), {
        dryRun: true,
      }),
    ).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "kubernetes.refused",
      values: { by: "validation.awsmanagedcontrolplanes.controlplane.cluster.x-k8s.io" },
      fields: [{ path: "spec.accessEntries", raw: expect.stringMatching(/^accessEntries can only be used when/) }],
    });
  });

  it("tells an unknown field", async () => {
    await expect(cluster.apply(controlPlane({ version: "v1.33.0", nope: 1 }), { dryRun: true })).rejects.toMatchObject({
      code: "PRECONDITION",
      fields: [{ path: "spec.nope", key: "kubernetes.field.unknown" }],
    });
  });

  it("tells an identity webhook's 403 from a missing right", async () => {
    const identity = {
      apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
      kind: "AWSClusterRoleIdentity",
      metadata: { name: namespace },
      spec: { roleARN: "arn:aws:iam::111122223333:role/x" },
    };
    await expect(cluster.apply(identity, { dryRun: true })).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "kubernetes.refused",
      fields: [{ path: "spec.sourceIdentityRef" }],
    });
  });

  it("knows the path of every kind it watches", async () => {
    for (const kind of WATCHED_KINDS) await cluster.watch(kind).synced(AbortSignal.timeout(20_000));
    expect(WATCHED_KINDS.map((kind) => cluster.watch(kind).health().synced)).not.toContain(false);
  });
});

describe("the portal's own account", () => {
  const portal = connect(portalKubeconfigPath, "trellis");
  const cluster = portal.managementCluster("sandbox");
  afterAll(() => portal.close());

  it("may watch every kind it watches", async () => {
    for (const kind of WATCHED_KINDS) await cluster.watch(kind).synced(AbortSignal.timeout(20_000));
    expect(WATCHED_KINDS.map((kind) => cluster.watch(kind).health().lastError)).toEqual(WATCHED_KINDS.map(() => null));
  });

  it("may not read Secrets anywhere, and says that this is not the person's fault", async () => {
    expect(await cluster.canI({ verb: "list", group: "", resource: "secrets" })).toBe(false);
    expect(await cluster.canI({ verb: "get", group: "", resource: "secrets", namespace: "kube-system" })).toBe(false);
    await expect(cluster.find({ apiVersion: "v1", kind: "Secret", namespace: "kube-system", name: "x" })).rejects.toMatchObject({
      code: "INTERNAL",
      key: "kubernetes.forbidden",
    });
  });
});
