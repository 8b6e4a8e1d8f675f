import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKubernetes } from "./index.ts";
import type { KubernetesPort, ManagementClusterPort } from "./port.ts";
import { answer, createScriptedServer, type ScriptedServer } from "./scripted-api-server.ts";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const unmeasured = { count: () => undefined, gauge: () => undefined, observe: () => undefined, render: async () => "" };

let server: ScriptedServer;
let kube: KubernetesPort;
let cluster: ManagementClusterPort;

const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "team-a", name: "x" } };
const ref = { apiVersion: "v1", kind: "ConfigMap", namespace: "team-a", name: "x" };
const notFound = answer(404, { kind: "Status", code: 404, reason: "NotFound", details: { name: "x", kind: "configmaps" } });

function connect(kubeconfigPath: string): KubernetesPort {
  return createKubernetes({
    clusters: [{ id: "mgmt", kubeconfigPath }],
    tenantEndpointCidrs: [],
    fieldManager: "trellis",
    log: quiet,
    metrics: unmeasured,
    clock: { now: () => new Date() },
  });
}

beforeEach(async () => {
  server = await createScriptedServer();
  kube = connect(server.kubeconfigPath);
  cluster = kube.managementCluster("mgmt");
});
afterEach(async () => {
  await kube.close();
  await server.close();
});

describe("calls to a management cluster", () => {
  it("apply as the field manager, without force, and read the warnings", async () => {
    server.onCall(answer(201, configMap, { warning: '299 - "spec.version is \\"old\\"", 299 - "second, with a comma"' }));
    const { warnings } = await cluster.apply(configMap, { dryRun: true });
    const [request] = server.requests;
    expect([request?.method, request?.path, request?.headers["content-type"]]).toEqual([
      "PATCH",
      "/api/v1/namespaces/team-a/configmaps/x",
      "application/apply-patch+yaml",
    ]);
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      fieldManager: "trellis",
      force: "false",
      fieldValidation: "Strict",
      dryRun: "All",
    });
    expect(warnings).toEqual(['spec.version is "old"', "second, with a comma"]);
  });

  it("share connections", async () => {
    server.onCall(notFound);
    for (let round = 0; round < 20; round++) expect(await cluster.find(ref)).toBeNull();
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it("time out", async () => {
    server.onCall(() => undefined);
    await expect(cluster.find(ref, { timeoutMs: 50 })).rejects.toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.timeout" });
  });

  it("time out in the middle of an answer", async () => {
    server.onCall((response) => void response.writeHead(200).write('{"apiVersion":'));
    await expect(cluster.find(ref, { timeoutMs: 50 })).rejects.toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.timeout" });
  });

  it("end when the caller gives up", async () => {
    server.onCall(() => undefined);
    await expect(cluster.find(ref, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      key: "kubernetes.aborted",
    });
  });

  it("do not believe an answer that is not an object", async () => {
    server.onCall(answer(200, ["surprise"]));
    await expect(cluster.find(ref)).rejects.toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.unreadable" });
  });

  it("do not read without end", async () => {
    server.onCall(answer(200, { ...configMap, data: { x: "y".repeat(9 * 1024 * 1024) } }));
    await expect(cluster.find(ref)).rejects.toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.answerTooLarge" });
  });

  it("do not follow a redirect", async () => {
    const visits: string[] = [];
    const elsewhere = createServer((request, response) => {
      visits.push(String(request.headers.authorization));
      response.end("{}");
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const address = elsewhere.address();
    const port = typeof address === "object" ? address?.port : 0;
    server.onCall(answer(302, {}, { location: `http://127.0.0.1:${port}/` }));
    await expect(cluster.find(ref)).rejects.toMatchObject({ code: "INTERNAL", key: "kubernetes.unexpected" });
    expect(visits).toEqual([]);
    elsewhere.close();
  });

  it("read the kubeconfig again when the credential is refused, once", async () => {
    const byToken =
      (ok: string) => (response: Parameters<ReturnType<typeof answer>>[0], request: Parameters<ReturnType<typeof answer>>[1]) =>
        request.headers.authorization === `Bearer ${ok}`
          ? notFound(response, request)
          : answer(401, { kind: "Status", code: 401, message: "Unauthorized" })(response, request);
    server.onCall(byToken("first"));
    await cluster.find(ref);
    server.onCall(byToken("second"));
    server.writeKubeconfig("second");
    expect(await cluster.find(ref)).toBeNull();
    server.onCall(byToken("third"));
    const before = server.requests.length;
    await expect(cluster.find(ref)).rejects.toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.unauthenticated" });
    expect(server.requests.length - before).toBe(2);
  });

  it("try a read again, and only a read, when a pooled connection was just closed", async () => {
    server.onCall((response) => response.socket?.resetAndDestroy(), notFound);
    expect(await cluster.find(ref)).toBeNull();
    server.onCall((response) => response.socket?.resetAndDestroy(), answer(200, configMap));
    const before = server.requests.length;
    await expect(cluster.apply(configMap)).rejects.toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.unreachable" });
    expect(server.requests.length - before).toBe(1);
  });

  it.each(["..", ".", "", "a/b", "a%2fb", "a?x", "a#x", "a b"])("refuse the name %j before anything is sent", async (name) => {
    await expect(cluster.find({ ...ref, name })).rejects.toMatchObject({ code: "INTERNAL", key: "kubernetes.badReference" });
    await expect(cluster.find({ ...ref, namespace: name })).rejects.toMatchObject({ code: "INTERNAL", key: "kubernetes.badReference" });
    expect(server.requests).toEqual([]);
  });

  it("refuse a label that would change the selector", async () => {
    await expect(cluster.list({ apiVersion: "v1", kind: "ConfigMap", labels: { a: "b,c=d" } })).rejects.toMatchObject({ code: "INTERNAL" });
  });

  it("ask the server where a kind lives that they do not know, once", async () => {
    const widgets = {
      resources: [
        { name: "widgets", kind: "Widget", namespaced: false },
        { name: "widgets/status", kind: "Widget", namespaced: false },
      ],
    };
    server.onCall(answer(200, widgets), notFound);
    const widget = { apiVersion: "example.com/v1", kind: "Widget", name: "x" };
    await cluster.find(widget);
    await cluster.find(widget);
    expect(server.requests.map((request) => request.path)).toEqual([
      "/apis/example.com/v1",
      "/apis/example.com/v1/widgets/x",
      "/apis/example.com/v1/widgets/x",
    ]);
    server.onCall(answer(200, { resources: [] }));
    await expect(cluster.find({ ...widget, apiVersion: "other.example.com/v1" })).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "kubernetes.kindMissing",
    });
  });

  it("say that nobody answers", async () => {
    server.onCall(notFound);
    await cluster.find(ref);
    await server.close();
    await expect(cluster.clusterUid()).rejects.toMatchObject({
      code: "UNAVAILABLE",
      key: "kubernetes.unreachable",
      values: { cluster: "mgmt", code: "ECONNREFUSED" },
    });
    server = await createScriptedServer();
  });

  it("say that there is no credential", async () => {
    const lost = connect("/nonexistent/kubeconfig");
    await expect(lost.managementCluster("mgmt").clusterUid()).rejects.toMatchObject({
      code: "UNAVAILABLE",
      key: "kubernetes.noCredential",
    });
    await lost.close();
  });

  it("know only configured management clusters", () => {
    expect(() => kube.managementCluster("other")).toThrow(
      expect.objectContaining({ code: "NOT_FOUND", key: "kubernetes.unknownManagementCluster" }),
    );
    expect(kube.ids()).toEqual(["mgmt"]);
  });
});

describe("the endpoint of a tenant cluster", () => {
  const owner = {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { namespace: "team-a", name: "shop" },
    spec: { controlPlaneEndpoint: { host: "shop.example.com", port: 443 } },
  };
  const secretOf = (text: string, more: object = {}) => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace: "team-a", name: "shop-kubeconfig" },
    type: "cluster.x-k8s.io/secret",
    data: { value: Buffer.from(text).toString("base64") },
    ...more,
  });
  const shop = { namespace: "team-a", name: "shop" };

  it("is not there before the Cluster has an endpoint", async () => {
    server.onCall(answer(200, { ...owner, spec: { controlPlaneEndpoint: { host: "", port: 0 } } }));
    await expect(cluster.tenantEndpoint(shop)).rejects.toMatchObject({ code: "NOT_FOUND", key: "kubernetes.kubeconfigMissing" });
  });

  it("is not there before the Secret is", async () => {
    server.onCall(
      answer(200, owner),
      answer(404, { kind: "Status", code: 404, reason: "NotFound", details: { name: "shop-kubeconfig", kind: "secrets" } }),
    );
    await expect(cluster.tenantEndpoint(shop)).rejects.toMatchObject({ code: "NOT_FOUND", key: "kubernetes.kubeconfigMissing" });
    expect(server.requests.map((request) => request.path)).toEqual([
      "/apis/cluster.x-k8s.io/v1beta2/namespaces/team-a/clusters/shop",
      "/api/v1/namespaces/team-a/secrets/shop-kubeconfig",
    ]);
  });

  it.each([
    ["a Secret of another type", secretOf("x", { type: "Opaque" }), "secret"],
    ["a kubeconfig that runs a command", secretOf('{"users":[{"name":"u","user":{"exec":{"command":"canary-4711"}}}]}'), "exec"],
  ])("is refused from %s, and nothing of it is told", async (_name, secret, rule) => {
    server.onCall(answer(200, owner), answer(200, secret));
    const error: unknown = await cluster.tenantEndpoint(shop).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: "PRECONDITION", key: "kubernetes.kubeconfigRefused", values: { rule, name: "shop" } });
    expect(JSON.stringify(error) + String(error)).not.toContain("canary");
  });
});
