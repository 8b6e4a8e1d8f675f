import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import { RouteView, SECURITY_GROUP, ServiceNetworkView } from "../../domain/routes/route-view.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { buildRouteObjects } from "../../manifests/routes/build-route-objects.ts";
import { routeToBuild } from "../../manifests/routes/route-examples.ts";
import { readKnownStates } from "../clusters/find-transitions.ts";
import { recordTransitions } from "../clusters/record-transitions.ts";
import type { TopicEvent } from "../topic.ts";
import { findRouteTransitions } from "./find-route-transitions.ts";
import { getRoute } from "./get-route.ts";
import { getRouteHistory } from "./get-route-history.ts";
import { getRouteManifests } from "./get-route-manifests.ts";
import { listRoutes } from "./list-routes.ts";
import { listServiceNetworks } from "./list-service-networks.ts";
import { routeListTopic } from "./route-list-topic.ts";
import { routeTopic } from "./route-topic.ts";
import { createRouteWorld, payments, type RouteWorld, shop } from "./testing/route-world.ts";

let world: RouteWorld;
let dev: Person;
let seller: Person;
let admin: Person;

const ORDERS = { namespace: "team-payments", name: "orders" };
const SHARED = routeToBuild("allow-list");
const OWN = { ...SHARED, spec: { ...SHARED.spec, visibility: "team" as const } };
const HTTP_ROUTE = { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", namespace: "team-payments", name: "orders" };

beforeEach(async () => {
  world = await createRouteWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  seller = await world.person("seller", { teams: [[shop, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
});
afterEach(() => world.close());

async function plant(route = SHARED): Promise<void> {
  world.fleet.plant(route);
  world.fleet.hold(route);
  await world.settle();
}

async function rowsOf(actor: Person, input: object = {}): Promise<readonly string[]> {
  return (await listRoutes.execute(input, world.as(actor))).items.map(({ name, state }) => `${name} ${state}`);
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "none",
    (error: unknown) => (error instanceof PortalError ? `${error.code} ${error.key}` : String(error)),
  );
}

describe("listing routes", () => {
  it("shows open requests and observed routes in one list", async () => {
    await world.remember({ kind: "route.create", name: "asked" });
    await plant(OWN);
    expect(await rowsOf(dev)).toEqual(["asked requested", "orders ok"]);
    expect(await rowsOf(dev, { q: "net-prod" })).toEqual(["orders ok"]);
    expect(await rowsOf(dev, { state: ["requested"] })).toEqual(["asked requested"]);
    expect(await rowsOf(dev, { team: "shop" })).toEqual([]);
    const { counts, total } = await listRoutes.execute({ state: ["ok"] }, world.as(dev));
    expect({ counts, total }).toEqual({ counts: { requested: 1, ok: 1 }, total: 2 });
  });

  it("shows strangers only what is visible to the organisation, without details", async () => {
    await plant(OWN);
    expect(await rowsOf(seller)).toEqual([]);
    await plant(SHARED);
    const { items } = await listRoutes.execute({}, world.as(seller));
    expect(items).toMatchObject([
      {
        name: "orders",
        state: "ok",
        network: "net-prod",
        targets: null,
        findings: 0,
        openRequest: null,
        sentence: { messageKey: "routeStatus.sentence.limited" },
      },
    ]);
    expect(items[0]?.domainName).toMatch(/on\.aws$/);
  });

  it("shows routes outside team namespaces to platform admins only, as not managed", async () => {
    world.kube.applyAs("kubectl", {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "legacy", namespace: "default" },
      spec: { parentRefs: [{ name: "net-prod", namespace: "lattice" }], rules: [] },
    });
    await world.settle();
    expect(await rowsOf(dev)).toEqual([]);
    const { items } = await listRoutes.execute({}, world.as(admin));
    expect(items).toMatchObject([{ name: "legacy", managed: false, team: null }]);
    expect(await getRoute.execute({ namespace: "default", name: "legacy" }, world.as(admin))).toMatchObject({
      can: { change: false, delete: false },
    });
    expect(await codeOf(getRoute.execute({ namespace: "default", name: "legacy" }, world.as(dev)))).toBe("NOT_FOUND notFound");
  });

  it("pages without repeating or losing a row", async () => {
    for (const name of ["aa", "bb", "cc", "dd", "ee"]) await world.remember({ kind: "route.create", name });
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listRoutes.execute>> = await listRoutes.execute(
        { sort: "name", limit: 2, ...(cursor === null ? {} : { cursor }) },
        world.as(dev),
      );
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(names).toEqual(["aa", "bb", "cc", "dd", "ee"]);
    expect(await codeOf(listRoutes.execute({ cursor: "*" }, world.as(dev)))).toBe("INVALID input.refused");
  });
});

describe("one route", () => {
  it("reads NOT_FOUND for strangers exactly as for nothing", async () => {
    await plant(OWN);
    for (const verb of [getRoute, getRouteManifests, getRouteHistory]) {
      expect(await codeOf(verb.execute(ORDERS, world.as(seller)))).toBe("NOT_FOUND notFound");
      expect(await codeOf(verb.execute({ ...ORDERS, name: "nothing" }, world.as(seller)))).toBe("NOT_FOUND notFound");
    }
  });

  it("shows its team the whole way of a call", async () => {
    await plant();
    const view = RouteView.parse(await getRoute.execute(ORDERS, world.as(dev)));
    expect(view).toMatchObject({
      limited: false,
      status: { state: "ok", findings: [] },
      serviceName: "payments-orders",
      url: "https://payments-orders-1.vpc-lattice-svcs.ap-northeast-1.on.aws",
      path: [
        {
          n: 1,
          proven: true,
          backends: [
            {
              cluster: "team-payments/checkout",
              kubeService: "orders",
              port: 80,
              weight: 1,
              latticeWeight: 1,
              sharePercent: 100,
              state: "ok",
              healthy: 1,
              total: 1,
            },
          ],
        },
      ],
      consumers: [
        { name: "cart", team: "shop", vpcId: "vpc-0bb0000000000000b", reachable: "yes" },
        { name: "storefront", reachable: "unknown" },
      ],
      policy: { state: "Active" },
      can: { change: true, delete: true, askToCall: false },
    });
    expect(view.status.proofs.filter(({ state }) => state !== "proven").map(({ id }) => id)).toEqual(["consumers"]);
    expect(view.mapping.map(({ kubernetes, lattice }) => `${kubernetes?.kind ?? "–"} ↔ ${lattice?.kind ?? "–"}`)).toEqual([
      "GatewayClass ↔ –",
      "Gateway ↔ Service network",
      "HTTPRoute ↔ Service",
      "parentRefs ↔ Service association",
      "rules ↔ Listener",
      "Service · ServiceExport ↔ Target group",
      "ServiceImport ↔ –",
      "Pod ↔ Target",
      "IAMAuthPolicy ↔ Auth policy",
    ]);
    expect(view.objects.map(({ destination, ref }) => `${destination} ${ref.kind}`)).toEqual([
      "mgmt-local HTTPRoute",
      "mgmt-local IAMAuthPolicy",
      "mgmt-local ServiceImport",
      "mgmt-local/team-payments/checkout ServiceExport",
      "mgmt-local/team-payments/checkout TargetGroupPolicy",
    ]);
  });

  it("shows the organisation what product.md names, and nothing of the inside", async () => {
    await plant();
    const view = RouteView.parse(await getRoute.execute(ORDERS, world.as(seller)));
    expect(view).toMatchObject({
      limited: true,
      status: { state: "ok", proofs: [], findings: [] },
      serviceName: null,
      path: [],
      conditions: [],
      events: [],
      mapping: [],
      objects: [],
      accessLogs: null,
      requestedBy: null,
      policy: { json: "" },
      can: { change: false, delete: false, askToCall: true },
    });
    expect(view.consumers).toHaveLength(2);
    expect(view.howToCall.length).toBeGreaterThan(2);
    expect(JSON.stringify(view)).not.toMatch(/tg-|10\.0\.1\.10|R-999/);
  });

  it("says why somebody may not ask to call", async () => {
    await plant();
    const whyOf = async (actor: Person) => (await getRoute.execute(ORDERS, world.as(actor))).can.whyNotAskToCall?.messageKey ?? null;
    expect(await whyOf(dev)).toBe("routeViews.cannot.ask.noTeam");
    expect(await whyOf(await world.person("nobody"))).toBe("routeViews.cannot.ask.noTeam");
    expect(await whyOf(seller)).toBeNull();
    await plant({ ...routeToBuild("one-backend"), name: "open", serviceName: "payments-open" });
    expect((await getRoute.execute({ ...ORDERS, name: "open" }, world.as(seller))).can.whyNotAskToCall?.messageKey).toBe(
      "routeViews.cannot.ask.open",
    );
  });

  it("says whose open request stands in the way", async () => {
    await plant();
    const request = await world.remember({ kind: "route.delete", name: "orders" });
    expect(await getRoute.execute(ORDERS, world.as(dev))).toMatchObject({
      openRequest: request.id,
      can: { change: false, delete: false, whyNotDelete: { messageKey: "routeViews.cannot.deleteAsked", values: { request: request.id } } },
    });
  });

  it("shows what was asked for before there is an object", async () => {
    await world.remember({ kind: "route.create", name: "asked" });
    expect(await getRoute.execute({ ...ORDERS, name: "asked" }, world.as(dev))).toMatchObject({
      status: { state: "requested" },
      path: [],
      can: { change: false },
    });
  });

  it("names its versions newest first, the one that made the object as current", async () => {
    const created = await world.remember({ kind: "route.create", name: "orders", state: "delivered", requesterId: dev.userId });
    world.advance(60_000);
    const changed = await world.remember({ kind: "route.change", name: "orders", state: "delivered", requesterId: dev.userId });
    await plant();
    world.kube.patchAs("trellis", HTTP_ROUTE, { metadata: { annotations: { "trellis.internal/request": created.id } } });
    await world.settle();
    const { versions } = await getRoute.execute(ORDERS, world.as(dev));
    expect(versions.map(({ request, by, current }) => [request, by, current])).toEqual([
      [changed.id, "dev", false],
      [created.id, "dev", true],
    ]);
  });
});

describe("manifests", () => {
  it("are given by the cluster they belong in, and a dead tenant costs its own part", async () => {
    await plant();
    const tenant = world.kube.addTenant("mgmt-local/team-payments/checkout");
    tenant.applyAs("setup", { apiVersion: "v1", kind: "Namespace", metadata: { name: "payments" } });
    for (const object of buildRouteObjects(SHARED).providers[0]?.objects ?? []) tenant.applyAs("trellis", object);
    const kindsOf = async () =>
      (await getRouteManifests.execute(ORDERS, world.as(dev))).items.map(({ destination, manifests, problem }) => [
        destination,
        parseAllDocuments(manifests).map((document) => String(document.get("kind"))),
        problem?.messageKey ?? null,
      ]);
    const management = ["mgmt-local", ["HTTPRoute", "IAMAuthPolicy", "ServiceImport"], null];
    expect(await kindsOf()).toEqual([management, ["mgmt-local/team-payments/checkout", ["ServiceExport", "TargetGroupPolicy"], null]]);
    tenant.down();
    expect((await kindsOf()).map(([destination, , problem]) => [destination, problem])).toEqual([
      ["mgmt-local", null],
      ["mgmt-local/team-payments/checkout", "routeViews.manifests.unreachable"],
    ]);
  });

  it("hold nothing that others wrote", async () => {
    await plant();
    const [own] = (await getRouteManifests.execute(ORDERS, world.as(dev))).items;
    expect(own?.manifests).not.toMatch(/status:|managedFields|resourceVersion/);
  });
});

describe("history", () => {
  it("is kept by us, and says since when a route is what it is", async () => {
    await plant();
    const record = async () => {
      const transitions = findRouteTransitions(world.system(), await readKnownStates(world.system(), "Route"));
      await recordTransitions.execute({ transitions }, world.system());
    };
    expect((await getRoute.execute(ORDERS, world.as(dev))).status.since).toBeNull();
    await record();
    const first = world.now().toISOString();
    world.advance(20_000);
    expect((await getRoute.execute(ORDERS, world.as(dev))).status.since).toBe(first);
    expect((await listRoutes.execute({}, world.as(dev))).items[0]?.since).toBe(first);
    const { groupIds } = world.fleet.hold(SHARED);
    world.advance(1_000);
    world.fleet.take("targets", groupIds[0] ?? "", {
      items: [{ id: "10.0.1.10", port: 8080, status: "UNHEALTHY", reasonCode: "HealthCheckFailed" }],
    });
    await record();
    expect((await getRouteHistory.execute(ORDERS, world.as(dev))).items.map(({ from, to }) => [from, to])).toEqual([
      ["ok", "down"],
      [null, "ok"],
    ]);
    expect((await getRoute.execute(ORDERS, world.as(dev))).status).toMatchObject({ state: "down", since: world.now().toISOString() });
  });

  it("notes a route that is gone, and never `unknown`", async () => {
    await plant();
    const known = async () => readKnownStates(world.system(), "Route");
    await recordTransitions.execute({ transitions: findRouteTransitions(world.system(), await known()) }, world.system());
    world.advance(200_000);
    world.kube.dropWatches();
    expect(findRouteTransitions(world.system(), await known())).toEqual([]);
    world.kube.restoreWatches();
    world.kube.removeNow(HTTP_ROUTE);
    await world.settle();
    expect(findRouteTransitions(world.system(), await known())).toMatchObject([{ from: "ok", to: "gone", objectKind: "Route" }]);
  });
});

describe("live", () => {
  async function listen(topic: typeof routeTopic, input: object, actor: Person) {
    const events: TopicEvent[] = [];
    const stop = await topic.subscribe(input, world.as(actor), (event) => events.push(event));
    /** The next events; waits for the first. */
    const next = async () => {
      await vi.waitFor(() => expect(events.length).toBeGreaterThan(0), { timeout: 10_000 });
      return events.splice(0);
    };
    return { events, next, stop };
  }

  it("pushes the page's view to whom may see it, and attends its service while it is open", async () => {
    await plant();
    const page = await listen(routeTopic, ORDERS, dev);
    expect([...world.facts.attended("platform-prod")]).toEqual(["payments-orders"]);
    const { groupIds } = world.fleet.hold(SHARED);
    world.advance(1_000);
    world.fleet.take("targets", groupIds[0] ?? "", { items: [] });
    expect((await page.next()).at(-1)).toMatchObject({ type: "set", key: "team-payments/orders", view: { status: { state: "down" } } });
    page.stop();
    expect([...world.facts.attended("platform-prod")]).toEqual([]);
  });

  it("pushes limited rows to strangers and takes out what she may no longer see", async () => {
    await plant();
    const list = await listen(routeListTopic, {}, seller);
    world.kube.patchAs("x", HTTP_ROUTE, { metadata: { labels: { touched: "yes" } } });
    const [event] = await list.next();
    expect(event).toMatchObject({ type: "set", key: "mgmt-local/team-payments/orders", view: { targets: null } });
    world.kube.patchAs("x", HTTP_ROUTE, { metadata: { annotations: { "trellis.internal/visibility": "team" } } });
    expect(await list.next()).toEqual([{ type: "remove", key: "mgmt-local/team-payments/orders" }]);
    world.kube.patchAs("x", HTTP_ROUTE, { metadata: { labels: { touched: "again" } } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(list.events).toEqual([]);
    list.stop();
  });
});

describe("service networks", () => {
  it("are shown to admins whole, to those who may use them with less, to others not at all", async () => {
    await plant();
    const [whole] = (await listServiceNetworks.execute({}, world.as(admin))).items;
    expect(ServiceNetworkView.parse(whole)).toMatchObject({
      name: "net-prod",
      glyph: "ok",
      networkId: "sn-0a1b2c3d4e5f60718",
      gateway: { programmed: true },
      listeners: [{ name: "http" }, { name: "https", port: 443 }],
      vpcAssociations: [{ vpcId: "vpc-0bb0000000000000b", glyph: "ok", cluster: "team-shop/storefront" }],
      findings: [],
    });
    const [less] = (await listServiceNetworks.execute({}, world.as(seller))).items;
    expect(less).toMatchObject({ name: "net-prod", networkId: null, vpcAssociations: [], services: null });
    expect((await listServiceNetworks.execute({}, world.as(await world.person("nobody")))).items).toEqual([]);
  });

  it("show what an admin applies for a VPC that is not associated, and say nothing is missing while nothing was read", async () => {
    await plant();
    world.advance(1_000);
    world.fleet.take("vpc", "snva-1", null);
    world.fleet.lists();
    const [network] = (await listServiceNetworks.execute({}, world.as(admin))).items;
    const [missing] = network?.vpcAssociations ?? [];
    expect(missing).toMatchObject({ vpcId: "vpc-0bb0000000000000b", status: "none", glyph: "failed", cluster: "team-shop/storefront" });
    const manifests = missing?.join?.manifests ?? "";
    expect(parseAllDocuments(manifests).map((one) => z.looseObject({ kind: z.string() }).parse(one.toJS()).kind)).toEqual([
      "Namespace",
      "GatewayClass",
      "Gateway",
      "VpcAssociationPolicy",
    ]);
    expect(manifests).toContain(SECURITY_GROUP);
    expect(missing?.join?.otherNetwork).toBeNull();

    const empty = await createRouteWorld();
    const other = await empty.person("admin", { globalRoles: ["platform-admin"] });
    const unread = { ...empty.as(other), facts: { ...empty.as(other).facts, vpcAssociations: () => null } };
    const [blind] = (await listServiceNetworks.execute({}, unread)).items;
    expect(blind?.vpcAssociations).toMatchObject([{ status: "–", glyph: "unknown", join: null }]);
    await empty.close();
  });

  it("say how much of each quota is in use, as far as it was read", async () => {
    await plant();
    const [network] = (await listServiceNetworks.execute({}, world.as(admin))).items;
    expect(network?.quotas).toEqual([
      { quota: "servicesInNetwork", used: 1, limit: 500 },
      { quota: "vpcsInNetwork", used: 1, limit: 500 },
      { quota: "servicesInRegion", used: 1, limit: 2000 },
      { quota: "targetGroupsInRegion", used: 1, limit: 500 },
    ]);
    const [less] = (await listServiceNetworks.execute({}, world.as(seller))).items;
    expect(less?.quotas).toEqual([]);
  });

  it("go unknown with their evidence", async () => {
    world.advance(200_000);
    const [network] = (await listServiceNetworks.execute({}, world.as(admin))).items;
    expect(network).toMatchObject({ glyph: "unknown", sentence: { messageKey: "routeViews.network.old" } });
  });
});
