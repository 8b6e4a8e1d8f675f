import { expect, it } from "vitest";
import { apiVersionOf, type KubeObject, resources } from "../../kube/kube-object.ts";
import { eventually, useSandbox } from "../../testing/use-sandbox.ts";

const key = "count/clusters.cluster.x-k8s.io";

it("makes a quota on clusters bite, and frees it again when one is gone", async () => {
  const { admin, tenant } = await useSandbox();
  const { namespace } = await tenant();
  const quota = { namespace, name: "trellis" };
  const cluster = (name: string): KubeObject => ({
    apiVersion: apiVersionOf(resources.cluster),
    kind: "Cluster",
    metadata: { name, namespace },
    spec: { paused: true, infrastructureRef: { apiGroup: resources.managedCluster.group, kind: "AWSManagedCluster", name } },
  });
  const used = async (count: string) => {
    const found = await admin.get(resources.resourceQuota, quota);
    const status: unknown = found.status;
    return JSON.stringify(status) === JSON.stringify({ hard: { [key]: "2" }, used: { [key]: count } }) ? true : null;
  };

  await admin.apply(resources.resourceQuota, { apiVersion: "v1", kind: "ResourceQuota", metadata: quota, spec: { hard: { [key]: "2" } } });
  await eventually("the quota has a status", () => used("0"), 10_000);
  await admin.create(resources.cluster, cluster("one"));
  await admin.create(resources.cluster, cluster("two"));
  await expect(admin.create(resources.cluster, cluster("three"))).rejects.toThrow(/exceeded quota/);

  await admin.merge(
    resources.cluster,
    { namespace, name: "one" },
    { metadata: { annotations: { "trellis.internal/delete-request": "test" }, finalizers: null } },
  );
  await admin.delete(resources.cluster, { namespace, name: "one" });
  await admin.merge(resources.cluster, { namespace, name: "one" }, { metadata: { finalizers: null } }).catch(() => undefined);
  await eventually("one place is free again", () => used("1"), 10_000);
  await expect(admin.create(resources.cluster, cluster("three"))).resolves.toMatchObject({ metadata: { name: "three" } });
});
