import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { describeTenantContract, type TenantContractWorld } from "../../lib/adapters/kubernetes/contract.ts";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import type { ClusterPort, KubernetesPort } from "../../lib/adapters/kubernetes/port.ts";
import { kubeconfigText } from "../kube/kubeconfig.ts";
import { eventually, useSandbox } from "../testing/use-sandbox.ts";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const unmeasured = { count: () => undefined, gauge: () => undefined, observe: () => undefined, render: async () => "" };
const name = "books";
const Kubeconfig = z.looseObject({
  clusters: z.tuple([z.looseObject({ cluster: z.looseObject({ server: z.string() }) })]),
  users: z.tuple([z.looseObject({ user: z.looseObject({ token: z.string() }) })]),
});

/** A door on the loopback to the workload API server that can be shut: what stands for the way to a tenant cluster. */
async function openDoor(to: number) {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    return socket;
  };
  let server: Server | null = null;
  let port = 0;
  const open = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer((inbound) => {
        const outbound = keep(connectTcp(to, "127.0.0.1"));
        keep(inbound).pipe(outbound).pipe(inbound);
        inbound.on("close", () => outbound.destroy());
        outbound.on("close", () => inbound.destroy());
      });
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server?.address();
        port = typeof address === "object" && address !== null ? address.port : 0;
        resolve();
      });
    });
  const shut = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server?.close(() => resolve());
    });
  await open();
  return { port: () => port, open, shut };
}

/** A paused Cluster with an endpoint and a Secret of its own, so that no player moves them while the test does. */
async function createWorld(): Promise<TenantContractWorld & { writeSecret(token: string): Promise<void>; readonly token: string }> {
  const sandbox = await useSandbox();
  const { namespace } = await sandbox.tenant();
  const workload = Kubeconfig.parse(parse(readFileSync(sandbox.folder.at("workload", "workload-1.kubeconfig"), "utf8")));
  const { server } = workload.clusters[0].cluster;
  const { token } = workload.users[0].user;
  const door = await openDoor(Number(new URL(server).port));
  const clusters = [{ id: "sandbox", kubeconfigPath: sandbox.folder.at("admin.kubeconfig") }];
  const options = {
    clusters,
    tenantEndpointCidrs: ["127.0.0.0/8"],
    fieldManager: "trellis",
    log: quiet,
    metrics: unmeasured,
    clock: { now: () => new Date() },
  };
  const kube = createKubernetes(options);
  const management = kube.managementCluster("sandbox");
  const endpoint = { host: "127.0.0.1", port: door.port() };
  await management.apply({
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { name, namespace },
    spec: {
      paused: true,
      controlPlaneEndpoint: endpoint,
      infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSManagedCluster", name },
      controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: "AWSManagedControlPlane", name },
    },
  });
  const writeSecret = async (withToken: string): Promise<void> => {
    const text = kubeconfigText({ name, server: `https://127.0.0.1:${door.port()}`, ca: sandbox.ca, user: "u", token: withToken });
    await management.apply({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `${name}-kubeconfig`, namespace },
      type: "cluster.x-k8s.io/secret",
      data: { value: Buffer.from(text).toString("base64") },
    });
  };
  await writeSecret(token);
  const destination = `sandbox/${namespace}/${name}`;
  const cluster = kube.cluster(destination);
  const inside = `contract-${randomBytes(4).toString("hex")}`;
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: inside } });
  return {
    kube,
    cluster,
    stranger: `sandbox/${namespace}/nobody`,
    namespace: inside,
    token,
    writeSecret,
    away: door.shut,
    back: door.open,
    async applyAs(manager, object) {
      const other = createKubernetes({ ...options, fieldManager: manager });
      await other.cluster(destination).apply(object);
      await other.close();
    },
    async close() {
      await remove(cluster, { apiVersion: "v1", kind: "Namespace", name: inside });
      const owner = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster", namespace, name };
      await management.mergePatch(owner, { metadata: { annotations: { "trellis.internal/delete-request": "test" } } });
      await remove(management, owner);
      await kube.close();
      await door.shut();
    },
  };
}

async function remove(cluster: ClusterPort, ref: Parameters<ClusterPort["find"]>[0]): Promise<void> {
  const live = await cluster.find(ref);
  if (live) await cluster.delete(ref, { uid: String(live.metadata.uid), resourceVersion: String(live.metadata.resourceVersion) });
}

describeTenantContract("workload API server", createWorld);

describe("a tenant cluster whose Secret rotates", () => {
  it("is asked with the new credential in the middle of a row of calls, and says so when none is accepted", async () => {
    const world = await createWorld();
    const ref = { apiVersion: "v1", kind: "Namespace", name: world.namespace };
    expect(await world.cluster.find(ref)).not.toBeNull();
    await world.writeSecret("revoked-1");
    // The old token still works for those who hold it: the Secret is read again within a few seconds.
    const refused = await eventually("the revoked token is refused", () => world.cluster.find(ref).then(() => null, String));
    expect(refused).toContain("kubernetes.tenantUnreachable");
    await world.writeSecret(world.token);
    await eventually("the new token is used", () => world.cluster.find(ref).catch(() => null));
    await world.close();
  });
});

describe("a tenant cluster that the sandbox made", () => {
  it("is reached as soon as its kubeconfig is there", async () => {
    const sandbox = await useSandbox();
    const tenant = await sandbox.tenant();
    const clusters = [{ id: "sandbox", kubeconfigPath: sandbox.folder.at("admin.kubeconfig") }];
    const kube: KubernetesPort = createKubernetes({
      clusters,
      tenantEndpointCidrs: ["127.0.0.0/8"],
      fieldManager: "trellis",
      log: quiet,
      metrics: unmeasured,
      clock: { now: () => new Date() },
    });
    const cluster = kube.cluster(`sandbox/${tenant.namespace}/shop`);
    await expect(cluster.clusterUid()).rejects.toMatchObject({ values: { reason: "absent" } });
    await tenant.applyCluster("shop");
    await eventually("the tenant cluster answers", () => cluster.clusterUid().catch(() => null));
    const services = await cluster.list({ apiVersion: "v1", kind: "Service" });
    expect(services.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`)).toContain("default/kubernetes");
    await tenant.deleteCluster("shop");
    await kube.close();
  });
});
