import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, inject, it } from "vitest";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import { clusterStatus } from "../../lib/domain/clusters/cluster-status.ts";
import type { ClusterRowView, ClusterStatus } from "../../lib/domain/clusters/cluster-view.ts";
import { identityNameOf } from "../../lib/domain/clusters/identity-name.ts";
import { buildClusterObjects } from "../../lib/manifests/clusters/build-cluster-objects.ts";
import { buildUserKubeconfig } from "../../lib/manifests/clusters/build-user-kubeconfig.ts";
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
  const directory = inject("sandboxDirectory");
  const connect = (kubeconfig: string) =>
    createKubernetes({
      clusters: [{ id: "sandbox", kubeconfigPath: join(directory, kubeconfig) }],
      tenantEndpointCidrs: ["127.0.0.0/8"],
      fieldManager: "trellis",
      log,
      metrics: createFakeMetrics(),
      clock,
    });
  const kube = connect("portal/kubeconfig");
  const port = kube.managementCluster("sandbox");
  // The portal reads Secrets only where the tenancy bootstrap has bound it; this tenant has no such binding.
  const admin = connect("admin.kubeconfig");
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
    await Promise.all([kube.close(), admin.close()]);
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
  });

  it("hands out a kubeconfig with which kubectl lists the nodes, and which holds no secret", async () => {
    const { controlPlane } = index.find(namespace, "life") ?? { controlPlane: null };
    const { server, caData } = await admin.managementCluster("sandbox").tenantEndpoint({ namespace, name: "life" });
    expect(server).toBe(controlPlane?.endpoint);
    const text = buildUserKubeconfig({
      namespace,
      name: "life",
      server,
      caData,
      region: controlPlane?.region ?? "",
      eksName: controlPlane?.eksName ?? "",
    });
    expect(text).not.toMatch(/token:|client-key/);
    const folder = mkdtempSync(join(tmpdir(), "trellis-kubeconfig-"));
    writeFileSync(join(folder, "life.kubeconfig"), text, { mode: 0o600 });
    const bin = join(directory, "bin");
    const { stdout } = await promisify(execFile)(
      join(bin, "kubectl"),
      ["--kubeconfig", join(folder, "life.kubeconfig"), "get", "nodes", "--no-headers"],
      { env: { ...process.env, PATH: `${bin}:${process.env.PATH ?? ""}`, HOME: folder }, timeout: 30_000 },
    );
    rmSync(folder, { recursive: true });
    expect(
      stdout
        .trim()
        .split("\n")
        .filter((line) => line.includes(" Ready ")),
    ).toHaveLength(2);
  });

  it("is deleted in the safe order, watched to the end", async () => {
    await remove("life");
    await eventually("gone", async () => (statusOf("life") === null ? true : null), 120_000);
    expect(statesSeen("life")).toEqual(["creating", "ready", "deleting"]);
  });

  it("is creating, stuck when a node group cannot be created, and recovers", async () => {
    sandbox.faults.set("node-group-create-failed", `${namespace}/broken`);
    await create("broken");
    const stuck = await eventually("stuck", async () => (statusOf("broken")?.stuck === true ? statusOf("broken") : null), 150_000);
    expect(stuck).toMatchObject({ state: "creating", glyph: "attention" });
    expect(stuck.findings.map(({ code }) => code)).toContain("TRL-CLU-002");
    sandbox.faults.clear();
    await eventually("ready", async () => (statusOf("broken")?.state === "ready" ? true : null), 150_000);
    await remove("broken");
  });

  it("is creating, stuck when the identity is refused and nothing happens", async () => {
    sandbox.faults.set("identity-refused", `${namespace}/silent`);
    await create("silent");
    const stuck = await eventually("stuck", async () => (statusOf("silent")?.stuck === true ? statusOf("silent") : null), 150_000);
    expect(stuck.findings.map(({ code }) => code)).toEqual(["TRL-CLU-001"]);
    expect(stuck.sentence.values["fact"]).toMatchObject({ messageKey: "clusters.fact.silent" });
    sandbox.faults.clear();
    await remove("silent");
  });
});
