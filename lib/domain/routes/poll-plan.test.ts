import { describe, expect, it } from "vitest";
import { LATTICE_LISTS } from "./lattice-fact.ts";
import { type PollState, planPoll, readKey } from "./poll-plan.ts";

const START = new Date("2026-11-22T12:00:00Z").getTime();
const secondsAgo = (seconds: number) => new Date(START - seconds * 1000);
const now = new Date(START);
const fresh = secondsAgo(1);
const LISTS = ["services", "networks", "groups", "service-tags", "group-tags", "associations/sn-1", "vpcs/sn-1"];

const BUDGET = { awsAccountId: "333344445555", callsPerSecond: 5 };
type Service = PollState["services"][number];
type Group = PollState["groups"][number];

function service(name: string, at: Date | null = fresh): Service {
  return {
    id: `svc-${name}`,
    name,
    hasTags: true,
    readAt: { detail: at, listeners: at, policy: at, logs: at, "associations-of": at },
    owner: BUDGET.awsAccountId,
    listenerCalls: 4,
  };
}
function group(id: string, more: Partial<Group> = {}): Group {
  return { id, serviceNames: [id.split("-")[0] ?? ""], hasTags: true, isUsed: true, isWell: true, targetsAt: fresh, ...more };
}
function state(more: Partial<PollState> = {}): PollState {
  return {
    lists: new Map(LISTS.map((list) => [list, fresh])),
    networkIds: ["sn-1"],
    networkReads: [{ id: "sn-1", detailAt: fresh, policyAt: fresh }],
    vpcReads: [{ id: "snva-1", detailAt: fresh }],
    services: [service("orders")],
    groups: [group("orders-a")],
    missingPins: [],
    attended: new Set(),
    unsettled: new Set(),
    wanted: new Map(),
    ...more,
  };
}
const keys = (given: PollState) => planPoll(given, now, BUDGET).reads.map(({ key }) => key);

describe("planPoll", () => {
  it("never asks for what only the owner of a shared service may read", () => {
    const shared = { ...service("scores", null), owner: "666677778888" };
    const unread = keys(state({ services: [shared], attended: new Set(["scores"]), unsettled: new Set(["scores"]) }));
    expect(unread).toEqual(expect.arrayContaining(["detail/svc-scores", "associations-of/svc-scores"]));
    expect(unread.filter((key) => /^(listeners|policy|logs)\//.test(key))).toEqual([]);
    const unsaid = keys(state({ services: [{ ...shared, owner: null }] }));
    expect(unsaid).toEqual(expect.arrayContaining(["listeners/svc-scores", "policy/svc-scores", "logs/svc-scores"]));
  });

  it("asks nothing while everything is fresh", () => {
    expect(keys(state())).toEqual([]);
  });

  it("asks for auth type and policy of a network and for the security groups of an association every five minutes, and once soon", () => {
    const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
    const read = (at: Date | null) =>
      keys(state({ networkReads: [{ id: "sn-1", detailAt: at, policyAt: at }], vpcReads: [{ id: "snva-1", detailAt: at }] }));
    const all = ["network-detail/sn-1", "network-policy/sn-1", "vpc-detail/snva-1"];
    expect(read(ago(290))).toEqual([]);
    expect(read(ago(301))).toEqual(all);
    expect(read(null)).toEqual(expect.arrayContaining(all));
  });

  it("stretches the period of security groups where associations are many: they get a twelfth of the budget", () => {
    const vpcReads = Array.from({ length: 500 }, (_, n) => ({ id: `snva-${n}`, detailAt: fresh }));
    const { slow } = planPoll(state({ vpcReads }), now, BUDGET).periods;
    expect(500 / slow).toBeLessThan(5 / 12);
  });

  it("reads every list when nothing was ever read, and no association of a network that is not known", () => {
    const empty = state({ lists: new Map(), networkIds: [], services: [], groups: [] });
    expect(keys(empty).sort()).toEqual(["group-tags", "groups", "networks", "service-tags", "services"]);
  });

  it("does not ask for targets of a group that no service uses", () => {
    expect(keys(state({ groups: [group("orders-a", { isUsed: false, targetsAt: null })] }))).toEqual([]);
  });

  it.each([
    ["a healthy group after two minutes", {}, 119, 121],
    ["a group with a sick target after 30 s", { isWell: false }, 29, 31],
  ])("reads %s", (_, more, early, late) => {
    const aged = (seconds: number) => keys(state({ groups: [group("orders-a", { ...more, targetsAt: secondsAgo(seconds) })] }));
    expect(aged(early)).toEqual([]);
    expect(aged(late)).toEqual(["targets/orders-a"]);
  });

  it("reads the groups of an open page every 15 s, whatever they are", () => {
    const open = (seconds: number) =>
      keys(state({ attended: new Set(["orders"]), groups: [group("orders-a", { isUsed: false, targetsAt: secondsAgo(seconds) })] }));
    expect(open(13)).toEqual([]);
    expect(open(15)).toEqual(["targets/orders-a"]);
  });

  it("reads a service that was just changed at once and whole, before everything else, for six to ten calls", () => {
    const wanted = new Map([["orders", now]]);
    const ago = secondsAgo(6);
    const groups = [group("orders-a", { targetsAt: ago }), group("late-a", { targetsAt: null })];
    const plan = planPoll(state({ wanted, services: [service("orders", ago)], groups }), now, BUDGET);
    const urgent = plan.reads.filter((read) => read.urgent);
    expect(urgent.map(({ key }) => key).sort()).toEqual([
      "associations-of/svc-orders",
      "detail/svc-orders",
      "listeners/svc-orders",
      "logs/svc-orders",
      "policy/svc-orders",
      "targets/orders-a",
    ]);
    expect(plan.reads.slice(0, urgent.length)).toEqual(urgent);
    const calls = urgent.reduce((sum, one) => sum + one.calls, 0);
    expect(calls).toBeGreaterThanOrEqual(6);
    expect(calls).toBeLessThanOrEqual(10);
  });

  it("reads what is wanted again and again no oftener than every 5 s", () => {
    const wanted = new Map([["orders", now]]);
    const read = (seconds: number) => keys(state({ wanted, services: [service("orders", secondsAgo(seconds))], groups: [] })).length;
    expect([read(2), read(4.9), read(5)]).toEqual([0, 0, 5]);
  });

  it("is content with what was read since the wish", () => {
    const at = new Date(START - 500);
    const wanted = new Map([["orders", secondsAgo(1)]]);
    expect(keys(state({ wanted, services: [service("orders", at)], groups: [group("orders-a", { targetsAt: at })] }))).toEqual([]);
  });

  it("looks for a service that somebody waits for and nobody knows: the list at once, then every 15 s", () => {
    const lists = (seconds: number) => new Map([...state().lists, [LATTICE_LISTS.services, secondsAgo(seconds)] as const]);
    const waiting = { attended: new Set(["new"]), services: [] };
    expect(keys(state({ ...waiting, lists: lists(6), wanted: new Map([["new", now]]) }))).toEqual(["services"]);
    expect(keys(state({ ...waiting, lists: lists(13) }))).toEqual([]);
    expect(keys(state({ ...waiting, lists: lists(15) }))).toEqual(["services"]);
  });

  it("looks for the group of an export only while somebody waits for it", () => {
    const pin = { serviceName: "orders", clusterName: "c", namespace: "payments", exportName: "orders", askedAt: null };
    expect(keys(state({ missingPins: [pin] }))).toEqual([]);
    expect(keys(state({ missingPins: [pin], unsettled: new Set(["orders"]) }))).toEqual(["pin/c/payments/orders"]);
  });

  it("reads tags every ten minutes, and with the lists while something new has none", () => {
    const lists = (seconds: number) => new Map([...state().lists, [LATTICE_LISTS.groupTags, secondsAgo(seconds)] as const]);
    expect(keys(state({ lists: lists(500) }))).toEqual([]);
    expect(keys(state({ lists: lists(601) }))).toEqual(["group-tags"]);
    expect(keys(state({ lists: lists(30), groups: [group("orders-a", { hasTags: false })] }))).toEqual(["group-tags"]);
  });

  it("audits each service once a day", () => {
    const daysOld = keys(state({ services: [service("orders", secondsAgo(86_401))] }));
    expect(daysOld.sort()).toEqual(["detail/svc-orders", "listeners/svc-orders", "logs/svc-orders", "policy/svc-orders"]);
    expect(keys(state({ services: [service("orders", secondsAgo(86_000))] }))).toEqual([]);
  });

  it("keeps an open page at 15 s while the rest waits for the budget", () => {
    const groups = Array.from({ length: 2_000 }, (_, n) => group(`s${n}-a`, { targetsAt: secondsAgo(400) }));
    const plan = planPoll(state({ groups, attended: new Set(["s7"]) }), now, BUDGET);
    expect(plan.periods.attended).toBeLessThanOrEqual(15);
    expect(plan.periods.rest).toBeGreaterThan(300);
    expect(plan.reads[0]?.key).toBe("targets/s7-a");
  });

  it("lets no first reading of a fleet stand before an open page", () => {
    const groups = [
      group("s7-a", { targetsAt: secondsAgo(15) }),
      ...Array.from({ length: 200 }, (_, n) => group(`new${n}-a`, { targetsAt: null })),
    ];
    const [first, ...others] = planPoll(state({ groups, attended: new Set(["s7"]) }), now, BUDGET).reads;
    expect(first).toMatchObject({ key: "targets/s7-a", urgent: true });
    expect(others.filter(({ urgent }) => urgent)).toEqual([]);
  });
});

describe("a fleet of 1,000 routes with 2 groups each", () => {
  it("reads lists in time while a whole fleet was never read: without them nothing else counts", () => {
    const names = Array.from({ length: 200 }, (_, n) => `route${n}`);
    const lists = new Map(LISTS.map((list) => [list, secondsAgo(95)]));
    const unread = names.map((name) => service(name, null));
    const unreadGroups = names.map((name) => group(`${name}-a`, { targetsAt: null }));
    const order = keys(state({ lists, services: unread, groups: unreadGroups, unsettled: new Set(names) }));
    expect(order.slice(0, 5).sort()).toEqual(["associations/sn-1", "groups", "networks", "services", "vpcs/sn-1"]);
  });

  it("stays within 5 calls/s all the time, and no fact grows so old that it proves nothing", { timeout: 60_000 }, () => {
    const sick = 20;
    const world = simulate({ services: 1_000, groupsEach: 2, sick, attended: 5, callsPerSecond: 5, seconds: 3_000 });
    process.stdout.write(
      `poll plan, 1,000 routes × 2 groups, 5 calls/s: ${world.callsPerSecond.toFixed(2)} calls/s; oldest target fact ${world.oldest.rest} s, of ${sick} sick groups ${world.oldest.sick} s, of 5 open pages ${world.oldest.attended} s, of lists ${world.oldest.lists} s\n`,
    );
    expect(world.most).toBeLessThanOrEqual(5);
    expect(world.oldest.rest).toBeLessThan(900);
    expect(world.oldest.lists).toBeLessThan(180);
    expect(world.oldest.sick).toBeLessThan(90);
    expect(world.oldest.attended).toBeLessThan(30);
  });

  it("reads 20 routes within the periods of the slowest tier", () => {
    const world = simulate({ services: 20, groupsEach: 2, sick: 2, attended: 1, callsPerSecond: 5, seconds: 1_800 });
    expect(world.callsPerSecond).toBeLessThan(2);
    expect(world.oldest.rest).toBeLessThanOrEqual(130);
    expect(world.oldest.lists).toBeLessThanOrEqual(30);
    expect(world.oldest.attended).toBeLessThanOrEqual(20);
  });
});

type Fleet = {
  readonly services: number;
  readonly groupsEach: number;
  readonly sick: number;
  readonly attended: number;
  readonly callsPerSecond: number;
  readonly seconds: number;
};

/** Step by step, as many calls as the budget lets through, in the order of the plan; a read is known once its last call is through. */
function simulate({ services: count, groupsEach, sick, attended, callsPerSecond, seconds }: Fleet) {
  const STEP_SECONDS = 4;
  const lists = new Map<string, Date>();
  const readAt = (): Record<keyof PollState["services"][number]["readAt"], Date | null> => ({
    detail: null,
    listeners: null,
    policy: null,
    logs: null,
    "associations-of": null,
  });
  const services = Array.from({ length: count }, (_, n) => ({
    id: `s${n}`,
    name: `s${n}`,
    hasTags: true,
    readAt: readAt(),
    owner: BUDGET.awsAccountId,
    listenerCalls: 4,
  }));
  const groups = services.flatMap(({ name }, n) =>
    Array.from({ length: groupsEach }, (_, g) => ({
      ...group(`${name}-${g}`, { isWell: n >= sick / groupsEach }),
      serviceNames: [name],
      targetsAt: null as Date | null,
    })),
  );
  const openPages = new Set(services.slice(-attended).map(({ name }) => name));
  const known: PollState = {
    lists,
    networkIds: ["sn-1"],
    networkReads: [],
    vpcReads: [],
    services,
    groups,
    missingPins: [],
    attended: openPages,
    unsettled: new Set(),
    wanted: new Map(),
  };
  const serviceOf = new Map(services.map((one) => [one.id, one]));
  const groupOf = new Map(groups.map((one) => [one.id, one]));
  const oldest = { rest: 0, sick: 0, attended: 0, lists: 0 };
  let total = 0;
  let most = 0;
  let debt = 0;
  for (let second = 0; second < seconds; second += STEP_SECONDS) {
    const clock = new Date(START + second * 1000);
    const budget = callsPerSecond * STEP_SECONDS;
    let used = Math.min(budget, debt);
    debt -= used;
    for (const { read, calls } of planPoll(known, clock, { ...BUDGET, callsPerSecond }).reads) {
      if (used >= budget) break;
      const its = "groupId" in read ? groupOf.get(read.groupId) : undefined;
      if (its !== undefined) its.targetsAt = clock;
      else if ("serviceId" in read) Object.assign(serviceOf.get(read.serviceId)?.readAt ?? {}, { [read.type]: clock });
      else lists.set(readKey(read), clock);
      const now = Math.min(budget - used, calls);
      used += now;
      debt += calls - now;
    }
    total += used;
    most = Math.max(most, used / STEP_SECONDS);
    // The first part is the filling; what counts is how it goes on.
    if (second < seconds * 0.6) continue;
    const age = (at: Date | null | undefined) => (clock.getTime() - (at?.getTime() ?? 0)) / 1000;
    for (const {
      serviceNames: [name = ""],
      isWell,
      targetsAt,
    } of groups) {
      const tier = openPages.has(name) ? "attended" : isWell ? "rest" : "sick";
      oldest[tier] = Math.max(oldest[tier], age(targetsAt));
    }
    for (const list of LISTS.filter((one) => !one.endsWith("tags"))) oldest.lists = Math.max(oldest.lists, age(lists.get(list)));
  }
  return { callsPerSecond: total / seconds, most, oldest };
}
