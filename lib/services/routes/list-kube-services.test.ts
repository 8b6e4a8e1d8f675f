import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FakeTenantCluster } from "../../adapters/kubernetes/fake.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import type { ObservedRoute } from "../../domain/routes/observed-route.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { createWorld, payments, shop, type World } from "../clusters/testing/world.ts";
import { listKubeServices } from "./list-kube-services.ts";

const DESTINATION = "mgmt-local/team-payments/checkout";
const NAME = { namespace: "team-payments", name: "checkout" };
let world: World;
let tenant: FakeTenantCluster;
let dev: Person;

const object = (
  kind: string,
  place: string,
  more: Readonly<Record<string, unknown>> = {},
  labels: Readonly<Record<string, string>> = {},
) => {
  const [namespace = "", name = ""] = place.split("/");
  const version = kind === "EndpointSlice" ? "discovery.k8s.io/v1" : "v1";
  return KubeObject.parse({ apiVersion: version, kind, metadata: { namespace, name, labels }, ...more });
};
const run = (place: string, spec: Readonly<Record<string, unknown>> = {}) => {
  const ports = [{ name: "http", port: 80, protocol: "TCP" }];
  const labels = { "trellis.internal/team": "payments" };
  return object("Service", place, { spec: { clusterIP: "10.0.0.1", ipFamilies: ["IPv4"], ports, ...spec } }, labels);
};
const pods = (place: string, ...ready: readonly boolean[]) => {
  const endpoints = ready.map((isReady, index) => ({ addresses: [`10.1.0.${index}`], conditions: { ready: isReady } }));
  return object("EndpointSlice", `${place}-1`, { endpoints }, { "kubernetes.io/service-name": place.split("/")[1] ?? "" });
};

beforeAll(async () => {
  world = await createWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  world.plant("checkout");
  tenant = world.kube.addTenant(DESTINATION);
  for (const namespace of ["payments", "kube-system", "team-x"])
    tenant.applyAs("setup", KubeObject.parse({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }));
  tenant.applyAs("setup", run("payments/orders"));
  tenant.applyAs("setup", pods("payments/orders", true, true, false));
  tenant.applyAs("setup", run("payments/ledger"));
});
beforeEach(() => tenant.up());
afterAll(() => world.close());

const list = async (actor: Person = dev, routes: readonly ObservedRoute[] = []) => {
  const ctx = world.as(actor);
  const usersOfExport = (destination: string, namespace: string, name: string) =>
    destination === DESTINATION && namespace === "payments" && name === "orders" ? routes : [];
  return listKubeServices.execute(NAME, { ...ctx, routes: { ...ctx.routes, usersOfExport } });
};

describe("listKubeServices", () => {
  it("says what runs in the cluster now, with ports, pods and owner", async () => {
    const { items, nextCursor } = await list();
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      {
        namespace: "payments",
        name: "ledger",
        ports: [{ name: "http", port: 80, protocol: "TCP" }],
        readyPods: 0,
        totalPods: 0,
        owner: "payments",
        publishedBy: null,
        whyNot: null,
      },
      {
        namespace: "payments",
        name: "orders",
        ports: [{ name: "http", port: 80, protocol: "TCP" }],
        readyPods: 2,
        totalPods: 3,
        owner: "payments",
        publishedBy: null,
        whyNot: null,
      },
    ]);
  });

  it("names the route that publishes one, else the request that will", async () => {
    // Safe: the query reads nothing of a route but where it stands.
    const route = { namespace: "team-payments", name: "orders" } as unknown as ObservedRoute;
    expect((await list(dev, [route])).items.map(({ name, publishedBy }) => [name, publishedBy])).toEqual([
      ["ledger", null],
      ["orders", "team-payments/orders"],
    ]);
    const request = await world.askFor(dev, { name: "another" });
    await world.db.transaction(async (tx) => {
      const found = await tx.requests.lock(request.id as Parameters<typeof tx.requests.lock>[0]);
      if (found) await tx.requests.update(found.id, { reservedKeys: [`export/${DESTINATION}/payments/ledger`] }, world.now());
    });
    expect((await list()).items[0]).toMatchObject({ name: "ledger", publishedBy: request.id });
  });

  it.each([
    ["kube-system/dns", {}, "platformNamespace"],
    ["team-x/app", {}, "platformNamespace"],
    ["default/kubernetes", {}, "apiServer"],
    ["payments/outside", { type: "ExternalName", clusterIP: "" }, "external"],
    ["payments/bare", { clusterIP: "None" }, "headless"],
    ["payments/both", { ipFamilies: ["IPv4", "IPv6"] }, "dualStack"],
    ["payments/udp", { ports: [{ port: 53, protocol: "UDP" }] }, "noTcpPort"],
  ])("says why %s cannot be published", async (place, spec, key) => {
    tenant.applyAs("setup", run(place, spec));
    const found = (await list()).items.find(({ namespace, name }) => `${namespace}/${name}` === place);
    expect(found?.whyNot?.messageKey).toBe(`kubeServices.whyNot.${key}`);
    const [namespace = "", name = ""] = place.split("/");
    tenant.removeNow({ apiVersion: "v1", kind: "Service", namespace, name });
  });

  it("is for members of the cluster's team alone: others, platform admins too, learn nothing of it", async () => {
    const stranger = await world.person("stranger", { teams: [[shop, "lead"]] });
    const admin = await world.person("admin", { globalRoles: ["platform-admin"] });
    const before = tenant.calls.length;
    for (const actor of [stranger, admin]) await expect(list(actor)).rejects.toMatchObject({ code: "NOT_FOUND", key: "notFound" });
    expect(tenant.calls.length).toBe(before);
  });

  it("says that the cluster does not answer", async () => {
    tenant.down();
    await expect(list()).rejects.toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.tenantUnreachable" });
  });

  it("says that a cluster which is only asked for cannot be reached yet", async () => {
    await world.askFor(dev, { name: "next" });
    const asked = listKubeServices.execute({ ...NAME, name: "next" }, world.as(dev));
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE", values: { reason: "kubeconfig" } });
    await expect(listKubeServices.execute({ ...NAME, name: "nobody" }, world.as(dev))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
