import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import type { KubernetesPort } from "../../lib/adapters/kubernetes/port.ts";
import { isPortalError } from "../../lib/domain/portal-error.ts";
import { eventually, type Sandbox, useSandbox } from "../testing/use-sandbox.ts";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const unmeasured = { count: () => undefined, gauge: () => undefined, observe: () => undefined, render: async () => "" };
const name = "books";

let sandbox: Sandbox;
let tenant: Awaited<ReturnType<Sandbox["tenant"]>>;
const ports: KubernetesPort[] = [];

function connect(tenantEndpointCidrs: readonly string[]) {
  const clusters = [{ id: "sandbox", kubeconfigPath: sandbox.folder.at("admin.kubeconfig") }];
  const kube = createKubernetes({
    clusters,
    tenantEndpointCidrs,
    fieldManager: "trellis",
    log: quiet,
    metrics: unmeasured,
    clock: { now: () => new Date() },
  });
  ports.push(kube);
  return kube.managementCluster("sandbox");
}

beforeAll(async () => {
  sandbox = await useSandbox();
  tenant = await sandbox.tenant();
});
afterAll(async () => {
  for (const kube of ports) await kube.close();
});

describe("the endpoint of a real tenant cluster", () => {
  it("is not there at first, then the one that Cluster API and the kubeconfig agree on", async () => {
    const cluster = connect(["127.0.0.0/8"]);
    const asked = { namespace: tenant.namespace, name };
    await expect(cluster.tenantEndpoint(asked)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await tenant.applyCluster(name);
    const endpoint = await eventually("the endpoint is known", () => cluster.tenantEndpoint(asked).catch(nullWhenMissing));
    expect(endpoint).toEqual({
      server: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      caData: Buffer.from(sandbox.ca).toString("base64"),
    });
  });

  it("is refused on loopback where the installation does not allow it", async () => {
    const refused = connect([]).tenantEndpoint({ namespace: tenant.namespace, name });
    await expect(refused).rejects.toMatchObject({ code: "PRECONDITION", key: "kubernetes.kubeconfigRefused", values: { rule: "address" } });
  });
});

function nullWhenMissing(error: unknown): null {
  if (isPortalError(error) && error.code === "NOT_FOUND") return null;
  throw error;
}
