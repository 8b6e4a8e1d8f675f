import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPortalError, type PortalError } from "../../domain/portal-error.ts";
import { createKubernetes } from "./index.ts";
import type { ClusterPort, KubernetesPort } from "./port.ts";
import { answer, createScriptedServer, type Handler, type ScriptedServer } from "./scripted-api-server.ts";
import { createScriptedTenant, type ScriptedTenant } from "./scripted-tenant.ts";
import { createTenantClusters } from "./tenant-clusters.ts";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const measured: Readonly<Record<string, string>>[] = [];
const metrics = {
  count: () => undefined,
  gauge: () => undefined,
  observe: (_name: string, _seconds: number, labels: Readonly<Record<string, string>> = {}) => void measured.push(labels),
  render: async () => "",
};
const DESTINATION = "mgmt/team-a/shop";
const CANARY = "canary-token-4711";
const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "shop", name: "x" } };
const ref = { apiVersion: "v1", kind: "ConfigMap", namespace: "shop", name: "x" };
const status = (code: number, more: object = {}) => answer(code, { kind: "Status", code, ...more });
const forbidden = status(403, { reason: "Forbidden", message: 'configmaps "x" is forbidden: User "capa" cannot get resource' });
const missing = (name: string) => status(404, { reason: "NotFound", details: { name, kind: "things" } });

let management: ScriptedServer;
let tenant: ScriptedTenant;
let kube: KubernetesPort;
let cluster: ClusterPort;
let secret: string | null;
let endpoint: { readonly host: string; readonly port: number } | null;
let secretReads: number;
let now: Date;

/** The management cluster as this test has it now: a Cluster with its endpoint, and its Secret. */
const tellOfTenant: Handler = (response, request) => {
  const name = request.path.split("/").at(-1) ?? "";
  if (request.path.includes("/secrets/")) {
    secretReads += 1;
    if (secret === null) return missing(name)(response, request);
    const data = { value: Buffer.from(secret).toString("base64") };
    const type = "cluster.x-k8s.io/secret";
    return answer(200, { apiVersion: "v1", kind: "Secret", metadata: { name }, type, data })(response, request);
  }
  const version = "cluster.x-k8s.io/v1beta2";
  const spec = endpoint === null ? {} : { controlPlaneEndpoint: endpoint };
  return answer(200, { apiVersion: version, kind: "Cluster", metadata: { name }, spec })(response, request);
};

/** Answers only this token; others get 401. */
const onlyFor =
  (token: string, inner: Handler): Handler =>
  (response, request) =>
    (request.headers.authorization === `Bearer ${token}` ? inner : status(401, { message: "Unauthorized" }))(response, request);

function connect(cidrs: readonly string[]): KubernetesPort {
  return createKubernetes({
    clusters: [{ id: "mgmt", kubeconfigPath: management.kubeconfigPath }],
    tenantEndpointCidrs: cidrs,
    fieldManager: "trellis",
    log: quiet,
    metrics,
    clock: { now: () => now },
  });
}

beforeEach(async () => {
  now = new Date("2026-11-22T12:00:00Z");
  measured.length = 0;
  secretReads = 0;
  management = await createScriptedServer();
  management.onCall(tellOfTenant);
  tenant = await createScriptedTenant();
  tenant.onCall(answer(200, configMap));
  secret = tenant.kubeconfig(CANARY);
  endpoint = { host: "127.0.0.1", port: tenant.port };
  kube = connect(["127.0.0.0/8"]);
  cluster = kube.cluster(DESTINATION);
});
afterEach(async () => {
  await kube.close();
  await tenant.close();
  await management.close();
});

async function refusal(work: Promise<unknown>): Promise<PortalError> {
  const outcome = await work.then(
    () => "it succeeded",
    (error: unknown) => error,
  );
  if (!isPortalError(outcome)) throw new Error(`expected a PortalError, got ${String(outcome)}`);
  expect(inspect(outcome, { depth: 12 })).not.toContain(CANARY);
  return outcome;
}
const unreachable = (reason: string) => ({
  code: "UNAVAILABLE",
  key: "kubernetes.tenantUnreachable",
  values: { cluster: DESTINATION, namespace: "team-a", name: "shop", reason },
});

describe("a tenant cluster", () => {
  it("is reached with the credential of its Secret, which is read for each use", async () => {
    expect(await cluster.find(ref)).toEqual(configMap);
    expect(tenant.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/api/v1/namespaces/shop/configmaps/x", `Bearer ${CANARY}`],
    ]);
    await cluster.find(ref);
    expect(secretReads).toBe(1);
    now = new Date(now.getTime() + 5_000);
    await cluster.find(ref);
    expect(secretReads).toBe(2);
    expect(tenant.connections()).toBeLessThanOrEqual(2);
  });

  it("is written to as our field manager, like any cluster", async () => {
    await cluster.apply(configMap, { dryRun: true });
    expect(
      tenant.requests.map(({ method, query }) => [method, query.get("fieldManager"), query.get("force"), query.get("dryRun")]),
    ).toEqual([["PATCH", "trellis", "false", "All"]]);
  });

  it("is never asked with a token that says of itself that it has ended, when a newer one is there", async () => {
    const endsAt = now.getTime() + 1_000;
    const token = `x.${Buffer.from(JSON.stringify({ exp: endsAt / 1000 })).toString("base64url")}.y`;
    secret = tenant.kubeconfig(token);
    await cluster.find(ref);
    secret = tenant.kubeconfig(CANARY);
    now = new Date(endsAt);
    await cluster.find(ref);
    expect(tenant.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${token}`, `Bearer ${CANARY}`]);
  });

  it("goes on when its Secret rotates in the middle: 401, 403 and another certificate", async () => {
    tenant.onCall(onlyFor(CANARY, answer(200, configMap)));
    await cluster.find(ref);

    secret = tenant.kubeconfig("second");
    tenant.onCall(onlyFor("second", answer(200, configMap)));
    expect(await cluster.find(ref)).toEqual(configMap);

    secret = tenant.kubeconfig("third");
    tenant.onCall((response, request) =>
      (request.headers.authorization === "Bearer third" ? answer(200, configMap) : forbidden)(response, request),
    );
    expect(await cluster.find(ref)).toEqual(configMap);

    secret = tenant.kubeconfig("third", { ca: "other" });
    tenant.useCertificate("other");
    expect(await cluster.find(ref)).toEqual(configMap);
  });

  it("says what it refuses when reading the Secret again does not help", async () => {
    tenant.onCall(onlyFor("nobody", answer(200, configMap)));
    expect(await refusal(cluster.find(ref))).toMatchObject(unreachable("credential"));
    tenant.onCall(forbidden);
    expect(await refusal(cluster.find(ref))).toMatchObject(unreachable("forbidden"));
  });

  it("verifies the server against the CA of the Secret", async () => {
    tenant.useCertificate("other");
    expect(await refusal(cluster.find(ref))).toMatchObject(unreachable("tls"));
    expect(tenant.requests).toEqual([]);
  });

  it("cannot be reached before it has Secret or endpoint, which is an outage with a reason", async () => {
    secret = null;
    expect(await refusal(cluster.find(ref))).toMatchObject(unreachable("kubeconfig"));
    endpoint = null;
    expect(await refusal(cluster.find(ref))).toMatchObject(unreachable("kubeconfig"));
    management.onCall(missing("shop"));
    expect(await refusal(cluster.find(ref))).toMatchObject(unreachable("absent"));
    management.onCall(tellOfTenant);
    endpoint = { host: "127.0.0.1", port: tenant.port };
    secret = tenant.kubeconfig(CANARY);
    expect(await cluster.find(ref)).toEqual(configMap);
  });

  it("is not asked with a kubeconfig that the strict reader refuses", async () => {
    secret = "users: [{ name: u, user: { exec: { command: sh } } }]";
    expect(await refusal(cluster.find(ref))).toMatchObject({
      code: "PRECONDITION",
      key: "kubernetes.kubeconfigRefused",
      values: { rule: "exec", name: "shop" },
    });
  });

  it("is not asked at an address that is not allowed", async () => {
    await kube.close();
    kube = connect([]);
    const refused = { code: "PRECONDITION", key: "kubernetes.kubeconfigRefused", values: { rule: "address" } };
    expect(await refusal(kube.cluster(DESTINATION).find(ref))).toMatchObject(refused);
    expect(tenant.requests).toEqual([]);
  });

  it("leads nowhere else", async () => {
    tenant.onCall(answer(302, {}, { location: "http://127.0.0.1:1/" }));
    expect(await refusal(cluster.find(ref))).toMatchObject(unreachable("redirect"));
  });

  it("answers in its own name: objects that are missing, kinds it does not serve, refusals", async () => {
    tenant.onCall(missing("x"));
    expect(await cluster.find(ref)).toBeNull();
    tenant.onCall(answer(404, "404 page not found"));
    expect(
      await refusal(cluster.find({ ...ref, apiVersion: "application-networking.k8s.aws/v1alpha1", kind: "ServiceExport" })),
    ).toMatchObject({
      code: "PRECONDITION",
      key: "kubernetes.kindMissing",
      values: { cluster: DESTINATION },
    });
    tenant.onCall(status(429, { details: { retryAfterSeconds: 3 } }));
    expect(await refusal(cluster.find(ref))).toMatchObject({ key: "kubernetes.busy", values: { seconds: 3 } });
  });

  it("keeps what the management cluster says about itself apart", async () => {
    management.onCall(status(403, { message: 'User "trellis" cannot get resource "secrets"' }));
    expect(await refusal(cluster.find(ref))).toMatchObject({ code: "INTERNAL", key: "kubernetes.forbidden", values: { cluster: "mgmt" } });
  });

  it("selects by fields the API server knows", async () => {
    tenant.onCall(answer(200, { metadata: { resourceVersion: "1" }, items: [] }));
    await cluster.list({ apiVersion: "v1", kind: "Event", namespace: "shop", fields: { "involvedObject.kind": "ServiceExport" } });
    expect(tenant.requests[0]?.query.get("fieldSelector")).toBe("involvedObject.kind=ServiceExport");
  });

  it("has no credential and no name of its own in metrics", async () => {
    await cluster.find(ref);
    const labels = measured.filter(({ kind }) => kind === "ConfigMap");
    expect(labels).toEqual([{ cluster: "mgmt/tenants", method: "GET", kind: "ConfigMap", outcome: "200" }]);
  });

  it("is named by a destination, and only by one", () => {
    expect(kube.cluster(DESTINATION).id).toBe(DESTINATION);
    expect(kube.cluster("mgmt")).toBe(kube.managementCluster("mgmt"));
    expect(() => kube.cluster("other/team-a/shop")).toThrow(expect.objectContaining({ key: "kubernetes.unknownManagementCluster" }));
    for (const wrong of ["mgmt/team-a", "mgmt//shop", "mgmt/team-a/shop/x"])
      expect(() => kube.cluster(wrong)).toThrow(expect.objectContaining({ code: "INTERNAL", key: "kubernetes.badReference" }));
  });
});

describe("a tenant cluster in trouble", () => {
  it("costs its time once or twice, and then nothing for a while", async () => {
    tenant.onCall(() => undefined);
    for (let time = 0; time < 2; time++) expect(await refusal(cluster.find(ref, { timeoutMs: 40 }))).toMatchObject(unreachable("timeout"));
    const sent = tenant.requests.length;
    const started = performance.now();
    expect(await refusal(cluster.find(ref))).toMatchObject(unreachable("timeout"));
    expect(performance.now() - started).toBeLessThan(40);
    expect(tenant.requests.length).toBe(sent);
  });

  it("is not blamed for callers who gave up", async () => {
    tenant.onCall(() => undefined);
    for (let time = 0; time < 4; time++)
      expect(await refusal(cluster.find(ref, { signal: AbortSignal.timeout(20) }))).toMatchObject({ key: "kubernetes.aborted" });
    tenant.onCall(answer(200, configMap));
    expect(await cluster.find(ref)).toEqual(configMap);
  });

  it("says that nobody listens", async () => {
    await tenant.close();
    expect(await refusal(cluster.clusterUid())).toMatchObject(unreachable("network"));
    tenant = await createScriptedTenant();
  });

  it("has few calls under way at once; the others wait", async () => {
    tenant.onCall((response, request) => void setTimeout(() => answer(200, configMap)(response, request), 15));
    const found = await Promise.all(Array.from({ length: 20 }, () => cluster.find(ref)));
    expect(found).toHaveLength(20);
    expect(tenant.mostAtOnce()).toBeLessThanOrEqual(4);
    expect(tenant.connections()).toBeLessThanOrEqual(4);
    expect(secretReads).toBe(1);
  });

  it("lets go of who waits when their time is over", async () => {
    tenant.onCall(() => undefined);
    const stuck = Array.from({ length: 4 }, () => refusal(cluster.find(ref, { timeoutMs: 300 })));
    const late = await refusal(cluster.find(ref, { timeoutMs: 30 }));
    expect(late).toMatchObject(unreachable("timeout"));
    await Promise.all(stuck);
  });

  it("is among few whose connections stay open: the one used longest ago is closed", async () => {
    const tenants = createTenantClusters({ fieldManager: "trellis", metrics, now: () => now, keptTenants: 2 });
    const owner = kube.managementCluster("mgmt");
    const port = (name: string) =>
      tenants.port(
        { destination: `mgmt/team-a/${name}`, managementCluster: "mgmt", namespace: "team-a", name },
        { find: (asked, given) => owner.find(asked, given), managementCluster: "mgmt", tenantEndpointCidrs: ["127.0.0.0/8"] },
      );
    const ask = async (...names: readonly string[]) => {
      for (const name of names) await port(name).find(ref);
      return secretReads;
    };
    expect(await ask("one", "two", "one", "two")).toBe(2);
    expect(await ask("three", "two")).toBe(3);
    expect(await ask("one")).toBe(4);
    await tenants.close();
    expect(await refusal(port("one").find(ref))).toMatchObject({ key: "kubernetes.aborted" });
  });
});
