import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { describeKubernetesContract } from "../../lib/adapters/kubernetes/contract.ts";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import type { KubeObject } from "../../lib/domain/requests/plan.ts";
import { sandboxFolder } from "../state/sandbox-folder.ts";

const kubeconfigPath = sandboxFolder(inject("sandboxDirectory")).adminKubeconfig;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const unmeasured = { count: () => undefined, gauge: () => undefined, observe: () => undefined, render: async () => "" };

function connect(path: string, fieldManager: string) {
  return createKubernetes({
    clusters: [{ id: "sandbox", kubeconfigPath: path }],
    tenantEndpointCidrs: [],
    fieldManager,
    log: quiet,
    metrics: unmeasured,
    clock: { now: () => new Date() },
  });
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
      const live = await cluster.find({ apiVersion: "v1", kind: "Namespace", name: namespace });
      if (live)
        await cluster.delete(
          { apiVersion: "v1", kind: "Namespace", name: namespace },
          { uid: String(live.metadata.uid), resourceVersion: String(live.metadata.resourceVersion) },
        );
      await kube.close();
    },
  };
});
