import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PortalError } from "../../domain/portal-error.ts";
import type { LatticeFactKind } from "../../domain/routes/lattice-fact.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { DirectoryEntry, DirectoryRow } from "../../domain/topology/directory-view.ts";
import { routeToBuild } from "../../manifests/routes/route-examples.ts";
import { createRouteWorld, payments, type RouteWorld, shop } from "../routes/testing/route-world.ts";
import type { TopicEvent } from "../topic.ts";
import { directoryTopic } from "./directory-topic.ts";
import { getDirectoryEntry } from "./get-directory-entry.ts";
import { listDirectory } from "./list-directory.ts";

let world: RouteWorld;
let dev: Person;
let seller: Person;
let stranger: Person;
let admin: Person;
let viewer: Person;

const SHARED = routeToBuild("allow-list");
const OWN = { ...SHARED, spec: { ...SHARED.spec, visibility: "team" as const } };
const ORDERS = { namespace: "team-payments", name: "orders" };
const NETWORK = { networkId: "sn-0a1b2c3d4e5f60718", networkName: "net-prod" };

beforeEach(async () => {
  world = await createRouteWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  seller = await world.person("seller", { teams: [[shop, "developer"]] });
  stranger = await world.person("stranger");
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
  viewer = await world.person("viewer", { globalRoles: ["viewer"] });
});
afterEach(() => world.close());

async function plant(route = SHARED): Promise<void> {
  world.fleet.plant(route);
  world.fleet.hold(route);
  await world.settle();
}

const arnOf = (id: string, owner: string) => `arn:aws:vpc-lattice:ap-northeast-1:${owner}:service/${id}`;

/** A service that no controller made, in the network, with a Lambda behind it; `take` is the fleet's. */
function plantForeign(name: string, { owner = "333344445555", listed = true } = {}): string {
  const id = `svc-${name}`;
  const take = (kind: LatticeFactKind, key: string, data: object) => world.fleet.take(kind, key, data);
  const domainName = `${name}-1.7d67968.vpc-lattice-svcs.ap-northeast-1.on.aws`;
  const service = {
    id,
    arn: arnOf(id, owner),
    name,
    status: "ACTIVE",
    domainName,
    customDomainName: null,
    createdAt: "2026-10-01T00:00:00.000Z",
    lastUpdatedAt: "2026-11-01T00:00:00.000Z",
  };
  const failure = { failureCode: null, failureMessage: null };
  if (listed) {
    take("service", id, service);
    take("detail", id, { ...service, authType: "NONE", certificateArn: null, ...failure });
    take("policy", id, { policy: null });
    take("logs", id, { items: [] });
    take("listeners", id, {
      items: [
        {
          id: "listener-1",
          port: 443,
          protocol: "HTTPS",
          rules: [
            {
              id: "rule-1",
              priority: 1,
              isDefault: false,
              method: "GET",
              path: { type: "prefix", value: "/mail" },
              headers: [],
              action: { forward: [{ targetGroupId: `tg-${name}`, weight: 1 }], fixedStatus: null },
            },
          ],
        },
      ],
    });
    take("group", `tg-${name}`, {
      id: `tg-${name}`,
      arn: "arn:tg",
      name,
      type: "LAMBDA",
      status: "ACTIVE",
      port: null,
      protocol: null,
      vpcId: null,
      serviceArns: [service.arn],
      tags: {},
    });
    take("targets", `tg-${name}`, {
      items: [{ id: "arn:lambda", port: null, status: "UNAVAILABLE", reasonCode: "HealthCheckNotSupported" }],
    });
  }
  take("association", `snsa-${id}`, {
    id: `snsa-${id}`,
    arn: "arn:snsa",
    status: "ACTIVE",
    serviceId: id,
    serviceArn: service.arn,
    ...NETWORK,
    serviceName: name,
    domainName,
    ...failure,
  });
  world.fleet.lists();
  return id;
}

const rows = async (actor: Person, input: object = {}) => (await listDirectory.execute(input, world.as(actor))).items;
const names = async (actor: Person, input: object = {}) => (await rows(actor, input)).map(({ key }) => key);
const entry = (actor: Person, address: object = ORDERS) => getDirectoryEntry.execute(address, world.as(actor));
async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "none",
    (error: unknown) => (error instanceof PortalError ? `${error.code} ${error.key}` : String(error)),
  );
}

describe("listing the directory", () => {
  it("shows what the organisation may see to everybody, without what stands behind it", async () => {
    await plant();
    for (const actor of [seller, stranger, viewer]) {
      const [row] = await rows(actor);
      expect(DirectoryRow.parse(row)).toMatchObject({
        key: "team-payments/orders",
        source: "route",
        team: "payments",
        networks: ["net-prod"],
        protocol: "http",
        targets: [],
        glyph: "ok",
        sentence: { messageKey: "routeStatus.sentence.limited" },
      });
    }
    expect((await rows(dev))[0]).toMatchObject({ targets: ["kubernetes"], evidenceAt: expect.any(String) });
  });

  it("says in one line who may call", async () => {
    await plant();
    expect((await rows(viewer))[0]?.mayCall).toMatchObject({
      messageKey: "directory.mayCall.two",
      values: { second: { messageKey: "directory.mayCall.of", values: { name: "cart", team: "shop" } } },
    });
  });

  it("hides routes of a team from others and services that no route owns from people outside its networks", async () => {
    await plant(OWN);
    plantForeign("mailer");
    expect(await names(dev)).toEqual(["aws.333344445555/mailer", "team-payments/orders"]);
    expect(await names(seller)).toEqual(["aws.333344445555/mailer"]);
    expect(await names(admin)).toEqual(["aws.333344445555/mailer", "team-payments/orders"]);
    expect(await names(viewer)).toEqual([]);
    expect(await names(stranger)).toEqual([]);
  });

  it("knows a service of another account by its association alone", async () => {
    plantForeign("billing", { owner: "999988887777", listed: false });
    const [row] = await rows(admin);
    expect(row).toMatchObject({
      key: "aws.999988887777/billing",
      glyph: "unknown",
      domainName: expect.stringContaining("billing-1"),
      mayCall: { messageKey: "directory.mayCall.unread" },
      sentence: { messageKey: "directory.foreign.associated" },
    });
  });

  it("filters by network, protocol, health, source and what the reader's teams may call, and counts the views", async () => {
    await plant();
    plantForeign("mailer");
    expect(await names(seller, { network: "net-other" })).toEqual([]);
    expect(await names(seller, { protocol: "grpc" })).toEqual([]);
    expect(await names(seller, { health: "healthy" })).toEqual(["team-payments/orders"]);
    expect(await names(seller, { source: "lattice" })).toEqual(["aws.333344445555/mailer"]);
    expect(await names(seller, { q: "lambda mail" })).toEqual(["aws.333344445555/mailer"]);
    expect(await names(seller, { callable: "true" })).toEqual(["aws.333344445555/mailer", "team-payments/orders"]);
    expect(await names(dev, { callable: "true" })).toEqual([]);
    const { counts, total } = await listDirectory.execute({ health: "healthy" }, world.as(seller));
    expect({ counts, total }).toEqual({ counts: { all: 2, callable: 2, unhealthy: 1, outside: 1 }, total: 2 });
    const { items, networks } = await listDirectory.execute({ protocol: "grpc" }, world.as(seller));
    expect({ items, networks }).toEqual({ items: [], networks: ["net-prod"] });
  });

  it("pages without repeating or losing a row, and keeps a page small", async () => {
    for (let n = 0; n < 60; n += 1) plantForeign(`job-${String(n).padStart(2, "0")}`);
    const first = await listDirectory.execute({}, world.as(admin));
    expect(first.items).toHaveLength(50);
    expect(JSON.stringify(first).length).toBeLessThan(50_000);
    const rest = await listDirectory.execute({ cursor: first.nextCursor ?? "" }, world.as(admin));
    expect(new Set([...first.items, ...rest.items].map(({ key }) => key)).size).toBe(60);
    expect(rest.nextCursor).toBeNull();
    expect(await codeOf(listDirectory.execute({ cursor: "*" }, world.as(admin)))).toBe("INVALID input.refused");
  });

  it("says when a route was last delivered, whatever the controller's times say", async () => {
    await world.remember({ kind: "route.create", name: "orders", state: "delivered" });
    await plant();
    expect((await rows(dev))[0]?.changedAt).toBe(world.now().toISOString());
  });
});

describe("one service of the directory", () => {
  it("reads NOT_FOUND for strangers exactly as for nothing", async () => {
    await plant(OWN);
    plantForeign("mailer");
    const foreign = { namespace: "aws.333344445555", name: "mailer" };
    for (const address of [ORDERS, { ...ORDERS, name: "nothing" }, foreign, { ...foreign, name: "nothing" }])
      expect(await codeOf(entry(stranger, address))).toBe("NOT_FOUND notFound");
    expect(await codeOf(entry(viewer, ORDERS))).toBe("NOT_FOUND notFound");
  });

  it("tells a member of another team how to call, who may, and that she may ask", async () => {
    await plant();
    const view = DirectoryEntry.parse(await entry(seller));
    expect(view).toMatchObject({
      limited: true,
      signed: true,
      url: "https://payments-orders-1.vpc-lattice-svcs.ap-northeast-1.on.aws",
      accessLogs: null,
      can: { askToCall: true, whyNotAskToCall: null },
    });
    expect(view.steps.length).toBe(5);
    expect(view.snippets.map(({ id }) => id)).toEqual(["curl", "typescript", "python", "go", "java"]);
    expect(view.consumers).toHaveLength(2);
    expect(JSON.stringify(view)).not.toMatch(/tg-|10\.0\.1\.10|R-999/);
  });

  it("gives the viewer the same, without a way to ask", async () => {
    await plant();
    expect(await entry(viewer)).toMatchObject({
      limited: true,
      can: { askToCall: false, whyNotAskToCall: { messageKey: "routeViews.cannot.ask.noTeam" } },
    });
  });

  it("shows its own team the access log too", async () => {
    await plant();
    expect(await entry(dev)).toMatchObject({ limited: false, accessLogs: { state: "off" } });
  });

  it("tells how to call a Lambda behind Lattice, and who decides", async () => {
    plantForeign("mailer");
    const view = DirectoryEntry.parse(await entry(seller, { namespace: "aws.333344445555", name: "mailer" }));
    expect(view).toMatchObject({
      source: "lattice",
      targets: ["lambda"],
      signed: false,
      can: { askToCall: false, whyNotAskToCall: { messageKey: "directory.cannot.foreign" } },
      consumers: [{ team: "shop", reachable: "yes" }],
    });
    expect(view.snippets[0]?.code).toBe("curl 'https://mailer-1.7d67968.vpc-lattice-svcs.ap-northeast-1.on.aws/mail'");
  });
});

describe("the directory, live", () => {
  async function open(actor: Person, input: object = {}): Promise<{ readonly events: TopicEvent[]; readonly stop: () => void }> {
    const events: TopicEvent[] = [];
    const stop = await directoryTopic.subscribe(input, world.as(actor), (event) => events.push(event));
    return { events, stop };
  }

  it("pushes a row that appears, and nothing of what the reader may not see", async () => {
    const [forSeller, forStranger] = [await open(seller), await open(stranger)];
    await plant(OWN);
    await plant({ ...SHARED, name: "shared", serviceName: "payments-shared" });
    plantForeign("mailer");
    await vi.waitFor(() => expect(JSON.stringify(forSeller.events)).toContain("aws.333344445555/mailer"), { timeout: 5_000 });
    expect(JSON.stringify(forSeller.events)).toContain("team-payments/shared");
    expect(JSON.stringify(forSeller.events)).not.toContain("team-payments/orders");
    expect(JSON.stringify(forStranger.events)).not.toMatch(/mailer|team-payments\/orders/);
    forSeller.stop();
    forStranger.stop();
  });

  it("has the opened service read more often until the page closes, also one that no route owns", async () => {
    await plant(OWN);
    plantForeign("mailer");
    plantForeign("elsewhere", { owner: "777788889999", listed: false });
    const { facts } = world.as(dev);
    const attended = () =>
      facts
        .accounts()
        .flatMap((account) => [...facts.attended(account)])
        .sort();
    const services = [ORDERS, { namespace: "aws.333344445555", name: "mailer" }, { namespace: "aws.777788889999", name: "elsewhere" }];
    const opened = await Promise.all(services.map((service) => open(dev, { service })));
    await vi.waitFor(() => expect(attended()).toEqual(["mailer", OWN.serviceName].sort()), { timeout: 5_000 });
    for (const { stop } of opened) stop();
    expect(attended()).toEqual([]);
  });

  it("opens one service only for those who may see it", async () => {
    await plant(OWN);
    expect(await codeOf(open(seller, { service: ORDERS }))).toBe("NOT_FOUND notFound");
    (await open(dev, { service: ORDERS })).stop();
  });
});
