import { describe, expect, it } from "vitest";
import { PortalError } from "../../domain/portal-error.ts";
import { describeKubernetesContract, describeTenantContract } from "./contract.ts";
import { createFakeKubernetes } from "./fake.ts";

const namespace = "team-payments";

describeKubernetesContract("fake", async () => {
  const fake = createFakeKubernetes();
  fake.applyAs("setup", { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  return {
    cluster: fake.managementCluster("mgmt-local"),
    namespace,
    applyAs: async (manager, object) => fake.applyAs(manager, object),
    close: () => fake.close(),
  };
});

describeTenantContract("fake tenant", async () => {
  const fake = createFakeKubernetes();
  const tenant = fake.addTenant("mgmt-local/team-payments/checkout");
  tenant.applyAs("setup", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
  return {
    kube: fake,
    cluster: fake.cluster("mgmt-local/team-payments/checkout"),
    stranger: "mgmt-local/team-payments/nobody",
    namespace: "shop",
    applyAs: async (manager, object) => tenant.applyAs(manager, object),
    away: async () => tenant.down(),
    back: async () => tenant.up(),
    close: () => fake.close(),
  };
});

describe("fake kubernetes controls", () => {
  const quota = { apiVersion: "v1", kind: "ResourceQuota", metadata: { namespace: "default", name: "q" }, spec: { hard: { pods: "1" } } };

  it("refuses the next matching call once", async () => {
    const fake = createFakeKubernetes();
    fake.refuseNext({ verb: "apply", kind: "ResourceQuota" }, new PortalError("PRECONDITION", "kubernetes.refused"));
    await fake.apply(quota, { dryRun: true });
    await expect(fake.apply(quota)).rejects.toMatchObject({ key: "kubernetes.refused" });
    await fake.apply(quota);
    expect(fake.calls.map((call) => call.verb)).toEqual(["dryRun", "apply", "apply"]);
  });

  it("is away between down and up, watches included", async () => {
    const fake = createFakeKubernetes();
    const cache = fake.watch("ResourceQuota");
    const health: boolean[] = [];
    cache.subscribeHealth((now) => health.push(now.connected));
    fake.down();
    await expect(fake.find({ apiVersion: "v1", kind: "Namespace", name: "default" })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    fake.up();
    expect(await fake.find({ apiVersion: "v1", kind: "Namespace", name: "default" })).not.toBeNull();
    expect(health).toEqual([false, true]);
  });

  it("shows by a relist what happened while only the watches were away", async () => {
    const fake = createFakeKubernetes();
    const cache = fake.watch("ResourceQuota");
    fake.dropWatches();
    fake.applyAs("capa", quota);
    expect(cache.get("default/q")).toBeUndefined();
    fake.restoreWatches();
    expect(cache.get("default/q")?.object.spec).toEqual({ hard: { pods: "1" } });
    expect(cache.health().relists).toBe(1);
  });

  it("lets another controller write status, which our apply leaves alone", async () => {
    const fake = createFakeKubernetes();
    await fake.apply(quota);
    fake.patchAs(
      "quota-player",
      { apiVersion: "v1", kind: "ResourceQuota", namespace: "default", name: "q" },
      { status: { used: { pods: "0" } } },
    );
    const { object } = await fake.apply(quota);
    expect(object).toMatchObject({ status: { used: { pods: "0" } } });
  });
});
