import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { resources } from "../../kube/kube-object.ts";
import { type ProviderCluster, providerCluster } from "../../testing/test-route.ts";
import type { TestTenant } from "../../testing/test-tenant.ts";
import { eventually, type Sandbox, useSandbox } from "../../testing/use-sandbox.ts";

const waitMs = 25_000;
let sandbox: Sandbox;
let tenant: TestTenant;
let cluster: ProviderCluster;
const Pod = z.looseObject({
  metadata: z.looseObject({ name: z.string(), deletionTimestamp: z.string().optional() }),
  spec: z.looseObject({ nodeName: z.string().optional(), containers: z.array(z.looseObject({ image: z.string() })) }),
  status: z.looseObject({ phase: z.string().optional(), podIP: z.string().optional() }).optional(),
});
const Slice = z.looseObject({
  ports: z.array(z.looseObject({ port: z.number() })).nullable(),
  endpoints: z.array(z.looseObject({ addresses: z.array(z.string()), conditions: z.looseObject({ ready: z.boolean() }) })).nullable(),
});

beforeAll(async () => {
  sandbox = await useSandbox();
  tenant = await sandbox.tenant();
  cluster = await providerCluster(sandbox, tenant, "workloads");
});
afterAll(async () => {
  await cluster.client.close();
  await tenant.deleteCluster("workloads");
});

const pods = async () => {
  const { items } = await cluster.client.list(resources.pod, {}, cluster.space);
  return items.map((item) => Pod.parse(item));
};
/** The ready addresses behind the Service, when they are exactly those of its pods. */
async function served(count: number): Promise<string[] | null> {
  const labelSelector = "kubernetes.io/service-name=web";
  const { items } = await cluster.client.list(resources.endpointSlice, { labelSelector }, cluster.space);
  const ready = items
    .flatMap((item) => Slice.parse(item).endpoints ?? [])
    .filter((one) => one.conditions.ready)
    .flatMap((one) => one.addresses)
    .sort();
  const running = (await pods()).flatMap((pod) => pod.status?.podIP ?? []).sort();
  return ready.length === count && JSON.stringify(ready) === JSON.stringify(running) ? ready : null;
}
const replicas = (count: number) =>
  cluster.client.merge(resources.deployment, { namespace: cluster.space, name: "web" }, { spec: { replicas: count } });

describe("a Deployment in a tenant cluster", () => {
  it("gets pods on the cluster's nodes with addresses of its VPC, and a slice that names their container port", async () => {
    const addresses = await eventually("two addresses", () => served(2));
    expect(addresses.every((address) => address.startsWith("10.50."))).toBe(true);
    const nodes = (await cluster.client.list(resources.node)).items.map((node) => node.metadata.name);
    for (const pod of await pods()) expect(nodes).toContain(pod.spec.nodeName);
    const { items } = await cluster.client.list(resources.endpointSlice, {}, cluster.space);
    expect(items.map((item) => (Slice.parse(item).ports ?? []).map((port) => port.port))).toEqual([[8080]]);
  });

  it("grows and shrinks without moving the pods that stay", async () => {
    const before = (await served(2)) ?? [];
    await replicas(4);
    const grown = await eventually("four addresses", () => served(4), waitMs);
    expect(grown).toEqual(expect.arrayContaining(before));
    await replicas(1);
    const shrunk = await eventually("one address", () => served(1), waitMs);
    expect(grown).toEqual(expect.arrayContaining(shrunk));
    await replicas(2);
    await eventually("two again", () => served(2), waitMs);
  });

  it("replaces a pod that is deleted, under another name", async () => {
    const victim = (await pods())[0]?.metadata.name ?? "";
    await cluster.client.delete(resources.pod, { namespace: cluster.space, name: victim });
    await eventually(
      "another pod",
      async () => {
        const names = (await pods()).map((pod) => pod.metadata.name);
        return !names.includes(victim) && (await served(2)) ? names : null;
      },
      waitMs,
    );
  });

  it("rolls over to a new template, and the Deployment says when it is through", async () => {
    const container = { name: "web", image: "registry.example.com/web:2", ports: [{ name: "http", containerPort: 8080 }] };
    const ref = { namespace: cluster.space, name: "web" };
    await cluster.client.merge(resources.deployment, ref, { spec: { template: { spec: { containers: [container] } } } });
    await eventually(
      "only new pods",
      async () => {
        const images = (await pods()).map((pod) => pod.spec.containers[0]?.image);
        return images.length === 2 && images.every((image) => image === container.image) && (await served(2)) ? true : null;
      },
      waitMs,
    );
    await eventually(
      "the status",
      async () => {
        const { status, metadata } = await cluster.client.get(resources.deployment, ref);
        const wanted = { observedGeneration: metadata.generation, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 };
        return Object.entries(wanted).every(([key, value]) => z.record(z.string(), z.unknown()).parse(status)[key] === value) ? true : null;
      },
      waitMs,
    );
  });

  it("leaves nothing behind when it goes", async () => {
    await cluster.client.delete(resources.service, { namespace: cluster.space, name: "web" });
    await cluster.client.delete(resources.deployment, { namespace: cluster.space, name: "web" });
    await eventually(
      "no pods, sets and slices",
      async () => {
        const lists = [resources.pod, resources.replicaSet, resources.endpointSlice].map((one) =>
          cluster.client.list(one, {}, cluster.space),
        );
        return (await Promise.all(lists)).every(({ items }) => items.length === 0) ? true : null;
      },
      waitMs,
    );
  });
});
