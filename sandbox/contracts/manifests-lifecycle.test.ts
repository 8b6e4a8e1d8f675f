import { join } from "node:path";
import { afterAll, describe, expect, inject, it } from "vitest";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import { clusterStatus } from "../../lib/domain/clusters/cluster-status.ts";
import type { ClusterRowView, ClusterStatus } from "../../lib/domain/clusters/cluster-view.ts";
import { identityNameOf } from "../../lib/domain/clusters/identity-name.ts";
import { buildClusterObjects } from "../../lib/manifests/clusters/build-cluster-objects.ts";
import { clusterRef } from "../../lib/manifests/clusters/cluster-ref.ts";
import { clusterToBuild, TEST_ACCOUNT } from "../../lib/manifests/clusters/testing.ts";
import { deleteRequestPatch, withProvenance } from "../../lib/manifests/provenance.ts";
import { createClusterIndex } from "../../lib/read-models/clusters/create-cluster-index.ts";
import { resources } from "../kube/kube-object.ts";
import { roleIdentityObject } from "../testing/test-tenant.ts";
import { eventually, useSandbox } from "../testing/use-sandbox.ts";

/** What the real manager and the player of CAPA write, read by the real watches, told by the status: a cluster's whole life. */
describe("a cluster's life as Trellis tells it", async () => {
  const sandbox = await useSandbox();
  const { namespace } = await sandbox.tenant();
  await sandbox.admin.apply(resources.roleIdentity, roleIdentityObject(identityNameOf(namespace, TEST_ACCOUNT.id), [namespace]));
  const clock = { now: () => new Date() };
  const log = createFakeLog();
  const kube = createKubernetes({
    clusters: [{ id: "sandbox", kubeconfigPath: join(inject("sandboxDirectory"), "portal", "kubeconfig") }],
    tenantEndpointCidrs: ["127.0.0.0/8"],
    fieldManager: "trellis",
    log,
    metrics: createFakeMetrics(),
    clock,
  });
  const port = kube.managementCluster("sandbox");
  const index = createClusterIndex({ kube, clock, log });
  const rows: ClusterRowView[] = [];
  index.subscribe(({ type }) => {
    if (type === "resync") return;
    for (const name of ["life", "silent", "broken"]) {
      const row = index.row(`sandbox/${namespace}/${name}`, clock.now());
      if (row !== undefined) rows.push(row);
    }
  });
  afterAll(async () => {
    index.close();
    await kube.close();
  });

  async function create(name: string): Promise<void> {
    for (const object of buildClusterObjects({ ...clusterToBuild("eks-small", name), namespace }))
      await port.apply(withProvenance(object, { requestId: "R-1", contentHash: "0".repeat(64) }));
  }

  async function remove(name: string): Promise<void> {
    const written = await port.mergePatch(clusterRef(namespace, name), deleteRequestPatch("R-2"));
    await port.delete(clusterRef(namespace, name), {
      uid: String(written.metadata["uid"]),
      resourceVersion: String(written.metadata["resourceVersion"]),
    });
  }

  function statusOf(name: string): ClusterStatus | null {
    const observed = index.find(namespace, name);
    return observed === undefined ? null : clusterStatus(observed, clock.now());
  }

  function statesSeen(name: string): readonly string[] {
    const words = rows.filter((row) => row.name === name).map(({ state, stuck }) => (stuck ? `${state}, stuck` : state));
    return words.filter((word, at) => word !== words[at - 1]);
  }

  it("goes from creating to ready, step by step, without a wrong light between", async () => {
    await create("life");
    const ready = await eventually("ready", async () => (statusOf("life")?.state === "ready" ? statusOf("life") : null), 150_000);
    expect(statesSeen("life")).toEqual(["creating", "ready"]);
    expect(ready.glyph).toBe("ok");
    expect(ready.findings).toEqual([]);
    expect(ready.steps.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => "done"));
    const observed = index.find(namespace, "life");
    expect(observed).toMatchObject({
      account: "payments-prod",
      controlPlane: { version: "1.34", region: "ap-northeast-1" },
      pools: [{ desired: 2, readyReplicas: 2 }],
    });
    expect((await port.tenantEndpoint({ namespace, name: "life" })).server).toBe(observed?.controlPlane?.endpoint);
  });

  it("is deleted in the safe order, watched to the end", async () => {
    await remove("life");
    await eventually("gone", async () => (statusOf("life") === null ? true : null), 120_000);
    expect(statesSeen("life")).toEqual(["creating", "ready", "deleting"]);
  });

  it("is creating, stuck when a node group cannot be created, and recovers", async () => {
    await sandbox.faults.set("node-group-create-failed", `${namespace}/broken`);
    await create("broken");
    const stuck = await eventually("stuck", async () => (statusOf("broken")?.stuck === true ? statusOf("broken") : null), 150_000);
    expect(stuck).toMatchObject({ state: "creating", glyph: "attention" });
    expect(stuck.findings.map(({ code }) => code)).toContain("TRL-CLU-002");
    await sandbox.faults.clear();
    await eventually("ready", async () => (statusOf("broken")?.state === "ready" ? true : null), 150_000);
    await remove("broken");
  });

  it("is creating, stuck when the identity is refused and nothing happens", async () => {
    await sandbox.faults.set("identity-refused", `${namespace}/silent`);
    await create("silent");
    const stuck = await eventually("stuck", async () => (statusOf("silent")?.stuck === true ? statusOf("silent") : null), 150_000);
    expect(stuck.findings.map(({ code }) => code)).toEqual(["TRL-CLU-001"]);
    expect(stuck.sentence.values["fact"]).toMatchObject({ messageKey: "clusters.fact.silent" });
    await sandbox.faults.clear();
    await remove("silent");
  });
});
