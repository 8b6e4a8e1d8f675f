import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { DatabasePort } from "../adapters/database/port.ts";
import { createTestDatabase } from "../adapters/database/testing.ts";
import { createFakeLattice, type FakeLattice } from "../adapters/lattice/fake.ts";
import { createFakeLog, createFakeMetrics } from "../adapters/telemetry/fake.ts";
import { PortalError } from "../domain/portal-error.ts";
import { LATTICE_TAGS, type LatticeTarget } from "../domain/routes/lattice-facts.ts";
import type { ObservedRoute } from "../domain/routes/observed-route.ts";
import { createFactStore } from "../read-models/routes/create-fact-store.ts";
import type { RouteQuestion } from "../read-models/routes/fact-store.ts";
import type { RouteIndexEvent } from "../read-models/routes/route-index.ts";
import type { Context } from "../services/context.ts";
import { createWorld, type World } from "../services/requests/testing/world.ts";
import { startLatticePoller } from "./lattice-poller.ts";
import { startObservationTail } from "./observation-tail.ts";

const TARGET: LatticeTarget = { id: "10.0.0.1", port: 8080, status: "HEALTHY", reasonCode: null };
const SICK: LatticeTarget = { ...TARGET, status: "UNHEALTHY", reasonCode: "HealthCheckFailed" };
const PIN = { importName: "payments/orders", clusterName: "checkout", namespace: "payments", exportName: "orders" };
/** Each test has an account of its own in the one database. */
let n = 0;
let id = "";
const question = (): RouteQuestion => ({ account: id, serviceName: "orders", network: "net-prod", pins: [PIN] });
const TAGS = { [LATTICE_TAGS.clusterName]: "checkout", [LATTICE_TAGS.serviceNamespace]: "payments", [LATTICE_TAGS.serviceName]: "orders" };
const QUICK = { timeout: 20_000, interval: 20 };

let db: DatabasePort;
let world: World;
let lattice: FakeLattice;
let offsetMs = 0;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  db = await createTestDatabase({});
  world = await createWorld({ db, realTime: true });
});
afterAll(() => world.close());
beforeEach(async () => {
  offsetMs = 0;
  n += 1;
  id = `prod-${n}`;
  lattice = createFakeLattice();
  lattice.setNetwork("sn-1", { name: "net-prod" });
  lattice.setService("svc-1", { name: "orders", arn: `arn:aws:vpc-lattice:ap-northeast-1:${awsAccountOf(n)}:service/svc-1` });
  lattice.setAssociation({
    id: "snsa-1",
    arn: "snsa-1",
    status: "ACTIVE",
    serviceId: "svc-1",
    serviceArn: "",
    networkId: "sn-1",
    networkName: "net-prod",
    failureCode: null,
    failureMessage: null,
  });
  const [service] = await lattice.listServices({
    id: "prod",
    awsAccountId: "",
    region: "",
    roleArn: "",
    externalId: null,
    callsPerSecond: 5,
  });
  lattice.setGroup("tg-1", { serviceArns: [service?.arn ?? ""], tags: TAGS });
  lattice.setTargets("tg-1", [TARGET]);
  lattice.calls.length = 0;
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Each test reads an account of its own. */
const awsAccountOf = (test: number) => `3333444455${String(test).padStart(2, "0")}`;

async function configure(callsPerSecond = 5): Promise<void> {
  const policies = [{ name: "p", slots: [{ id: "platform", role: "platform-admin" }] }];
  const lattices = [
    {
      account: id,
      readRoleArn: "arn:aws:iam::333344445555:role/read",
      managementCluster: "mgmt-local",
      controller: { clusterName: "trellis-mgmt", vpcId: "vpc-0d1e2f30415263748" },
      callsPerSecond,
    },
  ];
  await db.transaction((tx) =>
    tx.tenancy.applyBootstrap({
      teams: [],
      mappings: [],
      accounts: [
        {
          id,
          awsAccountId: awsAccountOf(n),
          region: "ap-northeast-1",
          roleArn: "arn:aws:iam::333344445555:role/capa",
          externalId: null,
          teams: [],
          data: {},
        },
      ],
      policies,
      blueprints: [],
      prices: {},
      networking: { lattice: lattices, serviceNetworks: [] },
      kindPolicies: {},
      tokens: [],
    }),
  );
}

/** One replica: its own facts in memory, the shared database and AWS. */
function replica(name: string, routes: Partial<Context["routes"]> = {}) {
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  const log = createFakeLog();
  const metrics = createFakeMetrics();
  const facts = createFactStore({ clock, log, metrics, replica: name });
  const base = world.system("delivery");
  const asPostgres: DatabasePort = { ...db, engine: "postgresql" };
  const ctx: Context = { ...base, db: asPostgres, clock, lattice, facts, log, metrics, routes: { ...base.routes, ...routes } };
  return {
    ctx,
    facts,
    log,
    poll: () => {
      const poller = startLatticePoller(ctx);
      ends.push(poller.stop);
      return poller;
    },
    tail: () => {
      const tail = startObservationTail(ctx);
      ends.push(tail.stop);
    },
    ask: () => facts.latticeOf(question()),
  };
}

describe("startLatticePoller", { timeout: 60_000 }, () => {
  it("calls nothing while no account is configured", async () => {
    replica("one").poll();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lattice.calls).toEqual([]);
  });

  it("reads the whole of an account from nothing, once", async () => {
    await configure();
    const one = replica("one");
    one.poll();
    await vi.waitFor(
      () =>
        expect(one.ask()).toMatchObject({
          service: { value: { id: "svc-1" } },
          detail: { value: { authType: "NONE" } },
          associations: { value: [{ id: "snsa-1" }] },
          listeners: { value: [] },
          policy: { value: null },
          accessLogs: { value: [] },
          networks: [{ vpcs: { value: [] } }],
          groups: [{ importName: PIN.importName, group: { value: { id: "tg-1" } }, targets: { value: [TARGET] } }],
        }),
      QUICK,
    );
    await vi.waitFor(
      () => expect(one.facts.health(id)).toMatchObject({ error: null, callsPerSecond: 5, lastPassAt: expect.any(String) }),
      QUICK,
    );
    expect(lattice.shares.get(id)).toBeGreaterThan(0);
    const counts = Map.groupBy(lattice.calls, ({ operation, subject }) => `${operation} ${subject ?? ""}`);
    for (const [call, made] of counts) expect([call, made.length]).toEqual([call, 1]);
  });

  it("sees a target's health change on an open page within its period, and not before it is asked", async () => {
    await configure();
    const one = replica("one");
    one.poll();
    one.ask();
    await vi.waitFor(() => expect(one.ask()?.groups[0]?.targets?.value).toEqual([TARGET]), QUICK);
    ends.push(async () => end());
    const end = one.facts.attend(id, "orders");
    await vi.waitFor(() => expect(lattice.calls.some(({ operation, urgent }) => operation === "listTargets" && urgent)).toBe(true), QUICK);
    lattice.setTargets("tg-1", [SICK]);
    offsetMs += 16_000;
    await vi.waitFor(() => expect(one.ask()?.groups[0]?.targets?.value).toEqual([SICK]), QUICK);
  });

  it("reads a service that is wanted at once, urgently, for six to ten calls", async () => {
    await configure();
    const one = replica("one");
    one.poll();
    one.ask();
    await vi.waitFor(() => expect(one.ask()?.accessLogs ?? null).not.toBeNull(), QUICK);
    await vi.waitFor(() => expect(one.ask()?.groups[0]?.targets ?? null).not.toBeNull(), QUICK);
    lattice.calls.length = 0;
    lattice.setService("svc-1", { authType: "AWS_IAM", policy: { policy: "{}", state: "Active" } });
    one.facts.want(id, "orders");
    await vi.waitFor(
      () => expect(one.ask()).toMatchObject({ detail: { value: { authType: "AWS_IAM" } }, policy: { value: { state: "Active" } } }),
      QUICK,
    );
    await vi.waitFor(() => expect(lattice.calls.filter(({ urgent }) => urgent).length).toBeGreaterThanOrEqual(6), QUICK);
    expect(lattice.calls.length).toBeLessThanOrEqual(10);
  });

  it("finds a service and the group of its export as soon as they are there, while somebody waits", async () => {
    lattice.removeService("svc-1");
    lattice.removeGroup("tg-1");
    await configure();
    const one = replica("one");
    one.poll();
    one.ask();
    await vi.waitFor(() => expect(one.ask()?.servicesAt).toEqual(expect.any(Date)), QUICK);
    const end = one.facts.attend(id, "orders");
    ends.push(async () => end());
    await vi.waitFor(() => expect(lattice.calls.some(({ operation, urgent }) => operation === "listTags" && urgent)).toBe(true), QUICK);
    lattice.setGroup("tg-1", { tags: TAGS });
    lattice.setTargets("tg-1", [{ ...TARGET, status: "UNUSED" }]);
    lattice.setService("svc-1", { name: "orders", arn: `arn:aws:vpc-lattice:ap-northeast-1:${awsAccountOf(n)}:service/svc-1` });
    offsetMs += 16_000;
    await vi.waitFor(
      () =>
        expect(one.ask()).toMatchObject({ service: { value: { id: "svc-1" } }, groups: [{ targets: { value: [{ status: "UNUSED" }] } }] }),
      QUICK,
    );
  });

  it("forgets a service that is gone, with everything that belonged to it", async () => {
    await configure();
    const one = replica("one");
    one.poll();
    await vi.waitFor(() => expect(one.ask()?.detail ?? null).not.toBeNull(), QUICK);
    lattice.removeService("svc-1");
    lattice.removeAssociation("snsa-1");
    lattice.removeGroup("tg-1");
    offsetMs += 60_000;
    await vi.waitFor(() => expect(one.ask()).toMatchObject({ service: null, detail: null, associations: null, groups: [] }), QUICK);
  });

  it("keeps what it knows when AWS throttles, says so, and goes on when it is over", async () => {
    await configure();
    const one = replica("one");
    one.poll();
    await vi.waitFor(() => expect(one.ask()?.groups[0]?.targets ?? null).not.toBeNull(), QUICK);
    const mend = lattice.fail({}, new PortalError("UNAVAILABLE", "lattice.throttled", { account: id, seconds: 1 }));
    lattice.setPace({ callsPerSecond: 2.5, throttledUntil: new Date(Date.now() + 60_000) });
    offsetMs += 180_000;
    await vi.waitFor(() => expect(one.facts.health(id)).toMatchObject({ error: "lattice.throttled", callsPerSecond: 2.5 }), QUICK);
    expect(one.ask()?.groups[0]?.targets?.value).toEqual([TARGET]);
    const during = lattice.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    // One probe at a time, ever further apart: a poller must not make a throttle worse.
    expect(lattice.calls.length - during).toBeLessThanOrEqual(2);
    mend();
    offsetMs += 120_000;
    await vi.waitFor(() => expect(one.facts.health(id)).toMatchObject({ error: null }), QUICK);
    await vi.waitFor(() => expect(Date.now() + offsetMs - (one.ask()?.groups[0]?.targets?.at.getTime() ?? 0)).toBeLessThan(10_000), QUICK);
  });

  it("goes on with everything else when one operation is denied", async () => {
    lattice.fail(
      { operation: "findAuthPolicy" },
      new PortalError("PRECONDITION", "lattice.denied", { account: id, operation: "GetAuthPolicy" }),
    );
    await configure();
    const one = replica("one");
    one.poll();
    await vi.waitFor(
      () => expect(one.ask()).toMatchObject({ policy: null, listeners: { value: [] }, groups: [{ targets: { value: [TARGET] } }] }),
      QUICK,
    );
    await vi.waitFor(() => expect(one.facts.health(id)).toMatchObject({ error: "lattice.denied" }), QUICK);
    // The policy of the service and that of its network are two kinds of read: each is asked once and then left alone.
    const asked = lattice.calls.flatMap(({ operation, subject }) => (operation === "findAuthPolicy" ? [subject] : []));
    expect(asked.sort()).toEqual(["sn-1", "svc-1"]);
  });

  it("polls in one replica; the other has the same facts within seconds, and takes over when the first is stopped", async () => {
    await configure();
    const [one, two] = [replica("one"), replica("two")];
    const first = one.poll();
    one.tail();
    await vi.waitFor(() => expect(one.ask()?.groups[0]?.targets ?? null).not.toBeNull(), QUICK);
    two.poll();
    two.tail();
    await vi.waitFor(
      () => expect(two.ask()).toMatchObject({ service: { value: { id: "svc-1" } }, groups: [{ targets: { value: [TARGET] } }] }),
      QUICK,
    );
    const services = () => lattice.calls.filter(({ operation }) => operation === "listServices").length;
    expect(services()).toBe(1);
    lattice.setTargets("tg-1", [SICK]);
    // A page that is open on the replica that does not poll.
    const end = two.facts.attend(id, "orders");
    ends.push(async () => end());
    await vi.waitFor(() => expect(two.ask()?.groups[0]?.targets?.value).toEqual([SICK]), QUICK);
    await first.stop();
    lattice.setTargets("tg-1", [TARGET]);
    offsetMs += 20_000;
    await vi.waitFor(() => expect(two.ask()?.groups[0]?.targets?.value).toEqual([TARGET]), QUICK);
  });

  it("begins after a start with what was known before", async () => {
    await configure();
    const before = replica("before");
    const poller = before.poll();
    await vi.waitFor(() => expect(before.ask()?.groups[0]?.targets ?? null).not.toBeNull(), QUICK);
    await vi.waitFor(() => expect(before.ask()?.accessLogs ?? null).not.toBeNull(), QUICK);
    await poller.stop();
    lattice.calls.length = 0;
    const after = replica("after");
    after.poll();
    await vi.waitFor(
      () => expect(after.ask()).toMatchObject({ detail: { value: { id: "svc-1" } }, groups: [{ targets: { value: [TARGET] } }] }),
      QUICK,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(lattice.calls).toEqual([]);
  });

  it("says to the database again what it could not take", async () => {
    await configure();
    const one = replica("one");
    let isAway = true;
    const { observations } = db.read;
    const save: typeof observations.save = (source, rows) =>
      isAway ? Promise.reject(new Error("connection lost")) : observations.save(source, rows);
    const read = {
      ...db.read,
      observations: {
        claimLease: (lease: Parameters<typeof observations.claimLease>[0]) => observations.claimLease(lease),
        countLeases: (...args: Parameters<typeof observations.countLeases>) => observations.countLeases(...args),
        since: (...args: Parameters<typeof observations.since>) => observations.since(...args),
        forget: (before: Date) => observations.forget(before),
        save,
      },
    };
    const poller = startLatticePoller({ ...one.ctx, db: { ...one.ctx.db, read } });
    ends.push(poller.stop);
    await vi.waitFor(() => expect(one.ask()?.groups[0]?.targets ?? null).not.toBeNull(), QUICK);
    isAway = false;
    offsetMs += 125_000;
    const two = replica("two");
    two.tail();
    await vi.waitFor(() => expect(two.ask()).toMatchObject({ service: { value: { id: "svc-1" } }, detail: { value: { id: "svc-1" } } }), {
      timeout: 10_000,
      interval: 50,
    });
  });

  it("wants the service of a route with a new generation, and looks more often at one that is not settled", async () => {
    await configure();
    let listener: (event: RouteIndexEvent) => void = () => undefined;
    let generation = 1;
    const key = "mgmt-local/team-payments/orders";
    const one = replica("one", {
      keys: () => [key].values(),
      get: () => routeStandIn(generation),
      row: () => undefined,
      subscribe: (next) => {
        listener = next;
        return () => undefined;
      },
    });
    one.poll();
    one.ask();
    await vi.waitFor(() => expect(one.ask()?.listeners ?? null).not.toBeNull(), QUICK);
    await vi.waitFor(() => expect(one.ask()?.accessLogs ?? null).not.toBeNull(), QUICK);
    listener({ type: "upsert", key });
    expect(one.facts.pollState(id, new Set()).wanted.size).toBe(0);
    generation = 2;
    lattice.calls.length = 0;
    listener({ type: "upsert", key });
    await vi.waitFor(() => expect(lattice.calls.filter(({ operation }) => operation === "listListeners")).toHaveLength(1), QUICK);
  });
});

// Safe: the poller reads only these members of a route.
function routeStandIn(generation: number): ObservedRoute {
  return { serviceName: "orders", generation, lattice: { account: id } } as unknown as ObservedRoute;
}
