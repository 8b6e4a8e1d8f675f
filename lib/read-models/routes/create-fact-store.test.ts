import { beforeEach, describe, expect, it } from "vitest";
import { createFakeLog, createFakeMetrics } from "../../adapters/telemetry/fake.ts";
import type { JsonObject } from "../../domain/json.ts";
import { HEALTH_KEY } from "../../domain/routes/lattice-fact.ts";
import { LATTICE_TAGS } from "../../domain/routes/lattice-facts.ts";
import { createFactStore } from "./create-fact-store.ts";
import type { FactChange, FactStore, RouteQuestion } from "./fact-store.ts";

const START = new Date("2026-11-22T12:00:00Z").getTime();
const at = (seconds: number) => new Date(START + seconds * 1000);
let now = at(1_000);
let facts: FactStore;
let metrics: ReturnType<typeof createFakeMetrics>;
let changes: FactChange[];

beforeEach(() => {
  now = at(1_000);
  metrics = createFakeMetrics();
  facts = createFactStore({ clock: { now: () => now }, log: createFakeLog(), metrics, replica: "here" });
  changes = [];
  facts.subscribe((change) => changes.push(change));
});

const say = (rows: Readonly<Record<string, JsonObject | null>>, seconds: number, source = "lattice/prod") =>
  facts.take(Object.entries(rows).map(([key, data]) => ({ source, key, data, at: at(seconds) })));

const ARN = "arn:aws:vpc-lattice:ap-northeast-1:333344445555";
const service = (id: string, name: string) => ({
  id,
  arn: `${ARN}:service/${id}`,
  name,
  status: "ACTIVE",
  domainName: null,
  customDomainName: null,
  createdAt: null,
  lastUpdatedAt: null,
});
const group = (id: string, serviceId: string | null = null) => ({
  id,
  arn: `${ARN}:targetgroup/${id}`,
  name: id,
  type: "IP",
  status: "ACTIVE",
  port: 80,
  protocol: "HTTP",
  vpcId: null,
  serviceArns: serviceId === null ? [] : [`${ARN}:service/${serviceId}`],
  tags: {},
});
const exportTags = (cluster: string, name: string) => ({
  tags: { [LATTICE_TAGS.clusterName]: cluster, [LATTICE_TAGS.serviceNamespace]: "payments", [LATTICE_TAGS.serviceName]: name },
});
const target = (id: string, status = "HEALTHY") => ({ id, port: 80, status, reasonCode: null });
const association = (id: string, serviceId: string) => ({
  id,
  arn: id,
  status: "ACTIVE",
  serviceId,
  serviceArn: "",
  networkId: "sn-1",
  networkName: "net-prod",
  failureCode: null,
  failureMessage: null,
});
const network = { id: "sn-1", arn: "sn-1", name: "net-prod", services: 1, vpcs: 1 };
const vpc = { id: "snva-1", arn: "snva-1", status: "ACTIVE", vpcId: "vpc-1", networkId: "sn-1", networkName: "net-prod" };
const pin = { importName: "payments/payments-checkout-orders", clusterName: "checkout", namespace: "payments", exportName: "orders" };
const question = (serviceName = "orders"): RouteQuestion => ({ account: "prod", serviceName, network: "net-prod", pins: [pin] });

function sayAll(): void {
  say({ "network/sn-1": network, "list/networks": {}, "service/svc-1": service("svc-1", "orders"), "list/services": {} }, 1);
  say({ "association/snsa-1": association("snsa-1", "svc-1"), "list/associations/sn-1": {}, "vpc/snva-1": vpc, "list/vpcs/sn-1": {} }, 2);
  say(
    {
      "group/tg-1": group("tg-1", "svc-1"),
      "group/tg-2": group("tg-2", "svc-1"),
      "group-tags/tg-1": exportTags("checkout", "orders"),
      "list/groups": {},
    },
    3,
  );
  say({ "targets/tg-1": { items: [target("10.0.0.1")] } }, 4);
  const action = {
    forward: [
      { targetGroupId: "tg-1", weight: 9 },
      { targetGroupId: "tg-2", weight: 1 },
    ],
    fixedStatus: null,
  };
  const rule = { id: "rule-1", priority: 1, isDefault: false, method: null, path: null, headers: [], action };
  say(
    { "listeners/svc-1": { items: [{ id: "listener-1", port: 80, protocol: "HTTP", rules: [rule] }] }, "policy/svc-1": { policy: null } },
    5,
  );
}

describe("latticeOf", () => {
  it("says null while nobody ever tried to read the account", () => {
    expect(facts.latticeOf(question())).toBeNull();
    say({}, 1);
    expect(facts.latticeOf(question())).toBeNull();
  });

  it("says why nothing is known when reading fails from the beginning", () => {
    say({ [HEALTH_KEY]: { callsPerSecond: 5, throttledUntil: null, lastPassAt: null, error: "lattice.denied" } }, 1);
    expect(facts.latticeOf(question())).toMatchObject({
      health: { error: "lattice.denied" },
      servicesAt: null,
      service: null,
      associations: null,
      groups: [],
    });
  });

  it("joins service, associations, rules, the groups its imports pin and those only a rule names", () => {
    sayAll();
    expect(facts.latticeOf(question())).toEqual({
      account: "prod",
      health: { callsPerSecond: 0, throttledUntil: null, lastPassAt: null, error: null },
      servicesAt: at(1),
      service: { value: service("svc-1", "orders"), at: at(1) },
      detail: null,
      tags: null,
      associations: { value: [association("snsa-1", "svc-1")], at: at(2) },
      listeners: { value: [expect.objectContaining({ id: "listener-1" })], at: at(5) },
      policy: { value: null, at: at(5) },
      accessLogs: null,
      networks: [expect.objectContaining({ name: "net-prod", vpcs: { value: [vpc], at: at(2) }, detail: null, policy: null })],
      groups: [
        {
          group: { value: { ...group("tg-1", "svc-1"), tags: exportTags("checkout", "orders").tags }, at: at(3) },
          targets: { value: [target("10.0.0.1")], at: at(4) },
          importName: pin.importName,
        },
        { group: { value: group("tg-2", "svc-1"), at: at(3) }, targets: null, importName: null },
      ],
    });
  });

  it("shows a pinned group before any service uses it", () => {
    say({ "group/tg-1": group("tg-1"), "group-tags/tg-1": exportTags("checkout", "orders") }, 1);
    say({ "group/tg-9": group("tg-9"), "group-tags/tg-9": exportTags("another", "orders") }, 1);
    expect(facts.latticeOf(question())?.groups.map(({ group: { value }, importName }) => [value.id, importName])).toEqual([
      ["tg-1", pin.importName],
    ]);
  });

  it("makes items as fresh as the whole list they stand in", () => {
    sayAll();
    say({ "list/services": {}, "list/groups": {}, "list/associations/sn-1": {} }, 60);
    const seen = facts.latticeOf(question());
    expect([seen?.service?.at, seen?.servicesAt, seen?.associations?.at, seen?.groups[0]?.group.at]).toEqual([
      at(60),
      at(60),
      at(60),
      at(60),
    ]);
    expect(seen?.groups[0]?.targets?.at).toEqual(at(4));
  });

  it("knows that a service has no association only since the list was whole, or its own was", () => {
    say({ "service/svc-1": service("svc-1", "orders") }, 1);
    expect(facts.latticeOf(question())?.associations).toBeNull();
    say({ "list/associations-of/svc-1": {} }, 7);
    expect(facts.latticeOf(question())?.associations).toEqual({ value: [], at: at(7) });
  });

  it("forgets what is gone, with its name, and does not bring it back for an older row", () => {
    sayAll();
    say({ "service/svc-1": null, "listeners/svc-1": null, "group/tg-1": null, "list/services": {} }, 20);
    say({ "service/svc-1": service("svc-1", "orders"), "group/tg-1": group("tg-1", "svc-1") }, 10);
    expect(facts.latticeOf(question())).toMatchObject({ service: null, listeners: null, servicesAt: at(20), groups: [] });
    say({ "service/svc-2": service("svc-2", "orders") }, 30);
    expect(facts.latticeOf(question())?.service?.value.id).toBe("svc-2");
  });
});

describe("take", () => {
  it("keeps the newest whatever order facts arrive in", () => {
    say(
      {
        "targets/tg-1": { items: [target("10.0.0.1", "UNHEALTHY")] },
        "group/tg-1": group("tg-1"),
        "group-tags/tg-1": exportTags("checkout", "orders"),
      },
      20,
    );
    say({ "targets/tg-1": { items: [target("10.0.0.1")] } }, 10);
    expect(facts.latticeOf(question())?.groups[0]?.targets).toEqual({ value: [target("10.0.0.1", "UNHEALTHY")], at: at(20) });
  });

  it("returns only what says something new", () => {
    const row = { "service/svc-1": service("svc-1", "orders") };
    expect(say(row, 1)).toHaveLength(1);
    expect(say(row, 2)).toEqual([]);
    const reordered = { "service/svc-1": Object.fromEntries(Object.entries(service("svc-1", "orders")).reverse()) };
    expect(say(reordered, 3)).toEqual([]);
    expect(say({ "service/svc-1": { ...service("svc-1", "orders"), status: "DELETE_FAILED" } }, 4)).toHaveLength(1);
  });

  it("drops and counts what it cannot read, and takes the rest", () => {
    say({ "service/svc-1": { id: "svc-1" }, "nonsense/x": {}, "service/": {}, "list/services": {} }, 1);
    say({ whatever: {} }, 1, "weather/tokyo");
    expect(facts.services("prod")).toEqual({ value: [], at: at(1) });
    expect(metrics.measured.map(({ name, labels }) => [name, labels.source])).toEqual([
      ["trellis_facts_dropped_total", "lattice"],
      ["trellis_facts_dropped_total", "lattice"],
      ["trellis_facts_dropped_total", "lattice"],
      ["trellis_facts_dropped_total", "weather"],
    ]);
  });

  it("does not let a clock that is ahead block later facts", () => {
    say({ "targets/tg-1": { items: [] } }, 5_000);
    now = at(1_010);
    say({ "targets/tg-1": { items: [target("10.0.0.1")] } }, 1_005);
    expect(facts.known("prod", "targets").get("tg-1")).toEqual({ items: [target("10.0.0.1")] });
  });
});

describe("subscribe", () => {
  const last = () => changes.at(-1);

  it("names the services that a target's health touches: users of the group, and routes that pin its export", () => {
    sayAll();
    facts.latticeOf(question("orders"));
    facts.latticeOf(question("canary"));
    changes = [];
    say({ "targets/tg-1": { items: [target("10.0.0.1", "UNHEALTHY")] } }, 50);
    expect(changes).toEqual([{ source: "lattice/prod", keys: ["targets/tg-1"], agesOnly: false, services: ["orders", "canary"] }]);
  });

  it("says when only ages moved", () => {
    sayAll();
    changes = [];
    say({ "targets/tg-1": { items: [target("10.0.0.1")] } }, 50);
    expect(changes).toEqual([{ source: "lattice/prod", keys: ["targets/tg-1"], agesOnly: true, services: ["orders"] }]);
    say({ "list/services": {} }, 51);
    expect(last()).toEqual({ source: "lattice/prod", keys: ["list/services"], agesOnly: true, services: "all" });
  });

  it("names the service of an association that is gone, and every route of a network whose VPCs changed", () => {
    sayAll();
    facts.latticeOf(question("elsewhere"));
    say({ "association/snsa-1": null }, 50);
    expect(last()).toMatchObject({ services: ["orders"], agesOnly: false });
    say({ "vpc/snva-1": { ...vpc, status: "UPDATE_FAILED" } }, 51);
    expect(last()).toMatchObject({ services: ["elsewhere"] });
  });

  it("tells a denial to every route, and the progress of a pass to nobody as news", () => {
    const health = { callsPerSecond: 5, throttledUntil: null, lastPassAt: null, error: null };
    say({ [HEALTH_KEY]: health }, 1);
    say({ [HEALTH_KEY]: { ...health, lastPassAt: at(2).toISOString() } }, 2);
    expect(last()).toMatchObject({ services: "all", agesOnly: true });
    say({ [HEALTH_KEY]: { ...health, error: "lattice.denied" } }, 3);
    expect(last()).toMatchObject({ services: "all", agesOnly: false });
    expect(facts.health("prod")).toMatchObject({ error: "lattice.denied" });
  });

  it("goes on when a listener fails, until it is told to stop", () => {
    const failing = facts.subscribe(() => {
      throw new Error("mine");
    });
    sayAll();
    expect(changes.length).toBeGreaterThan(0);
    failing();
  });
});

describe("attention", () => {
  it("wants an attended service at once, and counts pages", () => {
    const heard: string[] = [];
    facts.subscribeAttention((account) => heard.push(account));
    const [one, other] = [facts.attend("prod", "orders"), facts.attend("prod", "orders")];
    expect(facts.pollState("prod", new Set())).toMatchObject({ attended: new Set(["orders"]), wanted: new Map([["orders", now]]) });
    one();
    one();
    expect(facts.attended("prod")).toEqual(new Set(["orders"]));
    other();
    expect(facts.attended("prod")).toEqual(new Set());
    expect(heard).toEqual(["prod", "prod"]);
  });

  it("hears what other replicas attend, for as long as they say so, and not itself", () => {
    const shared = (key: string, seconds: number) =>
      say({ [key]: { attended: true, wantedAt: at(seconds).toISOString() } }, seconds, "attention/prod");
    shared("there/orders", 1_000);
    shared("here/ledger", 1_000);
    expect(facts.attended("prod")).toEqual(new Set(["orders"]));
    expect(facts.pollState("prod", new Set()).wanted).toEqual(new Map([["orders", at(1_000)]]));
    now = at(1_031);
    expect(facts.attended("prod")).toEqual(new Set());
    shared("there/orders", 1_031);
    say({ "there/orders": null }, 1_031, "attention/prod");
    expect(facts.attended("prod")).toEqual(new Set());
  });

  it("tells other replicas what is attended and wanted here, and what a wish is worth", () => {
    const end = facts.attend("prod", "orders");
    facts.want("prod", "cart");
    const key = ({ key: k, data }: { key: string; data: JsonObject | null }) => [k, data?.attended];
    expect(facts.attentionFacts().map(key)).toEqual([
      ["here/orders", true],
      ["here/cart", false],
    ]);
    end();
    now = at(1_200);
    expect(facts.attentionFacts()).toEqual([]);
    expect(facts.pollState("prod", new Set()).wanted.size).toBe(0);
  });
});

describe("pollState", () => {
  it("knows which exports routes pin that no group answers, for services somebody waits for", () => {
    say({ "list/services": {} }, 1);
    facts.latticeOf(question());
    expect(facts.pollState("prod", new Set()).missingPins).toEqual([]);
    const { importName: _, ...rest } = pin;
    expect(facts.pollState("prod", new Set(["orders"])).missingPins).toEqual([{ ...rest, serviceName: "orders", askedAt: null }]);
    say({ "list/pin/checkout/payments/orders": {} }, 5);
    expect(facts.pollState("prod", new Set(["orders"])).missingPins).toEqual([{ ...rest, serviceName: "orders", askedAt: at(5) }]);
    say({ "group/tg-1": group("tg-1"), "group-tags/tg-1": exportTags("checkout", "orders") }, 6);
    expect(facts.pollState("prod", new Set(["orders"])).missingPins).toEqual([]);
  });

  it("calls a group well only when it has targets and all are", () => {
    sayAll();
    const isWell = () => facts.pollState("prod", new Set()).groups.find(({ id }) => id === "tg-1")?.isWell;
    expect(isWell()).toBe(true);
    say({ "targets/tg-1": { items: [target("10.0.0.1"), target("10.0.0.2", "INITIAL")] } }, 10);
    expect(isWell()).toBe(false);
    say({ "targets/tg-1": { items: [] } }, 11);
    expect(isWell()).toBe(false);
  });
});

describe("providers and events", () => {
  const fact = {
    namespace: "payments",
    name: "orders",
    uid: "u1",
    createdAt: null,
    deletingSince: at(3).toISOString(),
    hasFinalizers: true,
    federated: true,
    request: null,
    port: 80,
    routeType: "HTTP",
    kubeService: null,
    podAddresses: ["10.0.0.1"],
    healthCheck: null,
    protocol: null,
  };

  it("shows a provider's exports, as fresh as the last look at its cluster", () => {
    say({ "payments/orders": fact, look: { freshAt: at(5).toISOString(), error: null } }, 5, "provider/mgmt-local/team-payments/checkout");
    say({ look: { freshAt: at(90).toISOString(), error: null } }, 90, "provider/mgmt-local/team-payments/checkout");
    expect(changes.at(-1)?.agesOnly).toBe(true);
    expect(facts.provider("mgmt-local/team-payments/checkout")).toEqual({
      cluster: "mgmt-local/team-payments/checkout",
      freshAt: at(90),
      error: null,
      exports: [
        expect.objectContaining({ name: "orders", deletingSince: at(3), observedAt: at(90), cluster: "mgmt-local/team-payments/checkout" }),
      ],
    });
    say({ look: { freshAt: at(90).toISOString(), error: "kubernetes.unreachable" } }, 120, "provider/mgmt-local/team-payments/checkout");
    expect(changes.at(-1)?.agesOnly).toBe(false);
    expect(facts.provider("mgmt-local/team-payments/checkout")?.error).toBe("kubernetes.unreachable");
    expect(facts.provider("mgmt-local/team-shop/storefront")).toBeUndefined();
  });

  it("keeps the newest 50 Events of an object, newest first", () => {
    const object = { kind: "HTTPRoute", namespace: "team-payments", name: "orders" };
    const event = (seconds: number) => ({
      object,
      type: "Warning" as const,
      reason: "FailedDeployModel",
      message: `m${seconds}`,
      count: 1,
      combined: false,
      firstAt: at(seconds).toISOString(),
      lastAt: at(seconds).toISOString(),
    });
    for (let n = 0; n < 150; n += 1) say({ [`uid-${n}`]: event(n) }, n, "events/mgmt-local");
    const events = facts.events("mgmt-local", object);
    expect(events).toHaveLength(50);
    expect([events[0]?.message, events[49]?.message]).toEqual(["m149", "m100"]);
    expect(events[0]).toMatchObject({ cluster: "mgmt-local", lastAt: at(149) });
    expect(facts.events("mgmt-local", { ...object, name: "ledger" })).toEqual([]);
    say({ "uid-149": null }, 200, "events/mgmt-local");
    expect(facts.events("mgmt-local", object)[0]?.message).toBe("m148");
  });
});
