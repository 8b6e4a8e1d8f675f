import { LATTICE_LISTS } from "./lattice-fact.ts";

/** One thing to ask Lattice. `pin` looks up the target group of an export that a route waits for. */
export type LatticeRead =
  | { readonly type: "services" | "networks" | "groups" | "service-tags" | "group-tags" }
  | { readonly type: "associations" | "vpcs" | "network-detail" | "network-policy"; readonly networkId: string }
  | { readonly type: "vpc-detail"; readonly associationId: string }
  | { readonly type: "associations-of" | "detail" | "listeners" | "policy" | "logs"; readonly serviceId: string }
  | { readonly type: "targets"; readonly groupId: string }
  | { readonly type: "pin"; readonly clusterName: string; readonly namespace: string; readonly exportName: string };

/** What the cold pass reads of one service. */
export const SERVICE_READS = ["detail", "listeners", "policy", "logs", "associations-of"] as const;
export type ServiceRead = (typeof SERVICE_READS)[number];
/** Of a service that another account shares, these are its owner's alone: RAM gives no right to them. */
const OWNERS_READS: ReadonlySet<ServiceRead> = new Set(["listeners", "policy", "logs"]);

/** One account's Lattice as far as it is known, and who looks at it. Times say when a thing was last read; null: never. */
export type PollState = {
  readonly lists: ReadonlyMap<string, Date>;
  readonly networkIds: readonly string[];
  /** What only one network or one VPC association tells. */
  readonly networkReads: readonly { readonly id: string; readonly detailAt: Date | null; readonly policyAt: Date | null }[];
  readonly vpcReads: readonly { readonly id: string; readonly detailAt: Date | null }[];
  readonly services: readonly {
    readonly id: string;
    readonly name: string;
    /** Number of the AWS account that owns it; null where its ARN does not say. */
    readonly owner: string | null;
    readonly hasTags: boolean;
    readonly readAt: Readonly<Record<ServiceRead, Date | null>>;
    /** How many calls its listeners cost (one, and one per listener and rule). */
    readonly listenerCalls: number;
  }[];
  readonly groups: readonly {
    readonly id: string;
    /** Names of the services that use it or whose imports pin it. */
    readonly serviceNames: readonly string[];
    readonly isUsed: boolean;
    /** Its tags were read since it was first seen: they say which export it answers. */
    readonly hasTags: boolean;
    /** False while any target is not well, or none is there. */
    readonly isWell: boolean;
    readonly targetsAt: Date | null;
  }[];
  /** Exports that routes pin and that no known group answers. */
  readonly missingPins: readonly {
    readonly serviceName: string;
    readonly clusterName: string;
    readonly namespace: string;
    readonly exportName: string;
    readonly askedAt: Date | null;
  }[];
  /** Names of services that somebody looks at now, and of those whose route is not settled. */
  readonly attended: ReadonlySet<string>;
  readonly unsettled: ReadonlySet<string>;
  /** A read of this service older than that does not count: it was just changed, or its page was just opened. */
  readonly wanted: ReadonlyMap<string, Date>;
};

export type PlannedRead = {
  readonly key: string;
  readonly read: LatticeRead;
  readonly urgent: boolean;
  readonly calls: number;
  /** Age over period: above 1 it is due. */
  readonly overdue: number;
};

export type PollPlan = {
  /** What is due: what somebody waits for, then lists (nothing of a service counts while its list is old; an eighth of the budget), then the most overdue. */
  readonly reads: readonly PlannedRead[];
  /** Periods that fit the budget, in seconds. */
  readonly periods: {
    readonly lists: number;
    readonly attended: number;
    readonly ill: number;
    readonly rest: number;
    readonly slow: number;
  };
};

/** Periods of lattice.md §3.9 (tiers), in seconds; what an open page shows is read anew a little before its 15 s are over. The slowest tier grows beyond 300 when the budget asks for it: the budget wins. */
const PERIODS = {
  listsLeast: 20,
  listsMost: 90,
  tags: 600,
  attended: 14,
  open: 120,
  ill: 30,
  rest: 120,
  slow: 300,
  daily: 86_400,
} as const;
const WANTED_GAP_MS = 5_000;
/** Room for the controllers' own sake: the portal never plans its whole budget. */
const PLANNED_SHARE = 0.96;
/** How overdue is what was never read. The audit of a whole fleet may stretch the periods of the rest a little, but not when they are long already. */
const NEVER = { targets: 4, service: 1.25, serviceWhenBusy: 1, busySeconds: 600 } as const;

type Draft = { readonly read: LatticeRead; readonly at: Date | null; readonly calls: number; readonly tier: Tier };
type Tier = "lists" | "tags" | "attended" | "open" | "ill" | "unsettled" | "rest" | "network" | "slow" | "daily" | "wanted";

/** The key under which a read is known, in flight or failed. */
export function readKey(read: LatticeRead): string {
  if ("networkId" in read) return `${read.type}/${read.networkId}`;
  if ("serviceId" in read) return `${read.type}/${read.serviceId}`;
  if ("associationId" in read) return `${read.type}/${read.associationId}`;
  if ("groupId" in read) return `${read.type}/${read.groupId}`;
  if ("exportName" in read) return `${read.type}/${read.clusterName}/${read.namespace}/${read.exportName}`;
  return read.type;
}

/** Which account is read, and how often it may be asked. */
export type PollBudget = { readonly awsAccountId: string; readonly callsPerSecond: number };

/** Which reads are due now. Pure: the same state, time and budget give the same plan. */
export function planPoll(state: PollState, now: Date, { awsAccountId, callsPerSecond }: PollBudget): PollPlan {
  const drafts = [
    ...listDrafts(state),
    ...serviceDrafts(state, awsAccountId),
    ...groupDrafts(state),
    ...pinDrafts(state),
    ...networkDrafts(state),
  ];
  const periods = fitPeriods(drafts, callsPerSecond * PLANNED_SHARE);
  const reads = drafts.flatMap((draft) => {
    const overdue = overdueOf(draft, now, periods);
    if (overdue < 1) return [];
    const { read, calls } = draft;
    // What somebody waits for overtakes every sweep; its periods keep it within half of the budget.
    const urgent = draft.tier === "wanted" || draft.tier === "attended";
    return [{ key: readKey(read), read, calls, overdue, urgent, rank: urgent ? 0 : draft.tier === "lists" ? 1 : 2 }];
  });
  reads.sort((one, other) => one.rank - other.rank || other.overdue - one.overdue);
  return { reads: reads.map(({ rank: _rank, ...read }) => read), periods };
}

function listDrafts({ lists, networkIds, services, groups, attended, wanted }: PollState): readonly Draft[] {
  const pages = (items: number) => Math.max(1, Math.ceil(items / 100));
  const list = (read: LatticeRead, name: string, calls: number, tier: Tier = "lists"): Draft => {
    const at = lists.get(name) ?? null;
    return { read, at, calls, tier };
  };
  const known = new Set(services.map(({ name }) => name));
  // A service that somebody waits for can only be found by name.
  const awaited = [...attended, ...wanted.keys()].filter((name) => !known.has(name));
  const since = newest(awaited.flatMap((name) => wanted.get(name) ?? []));
  const servicesAt = lists.get(LATTICE_LISTS.services) ?? null;
  const isWanted = isOlderThan(servicesAt, since);
  return [
    list(
      { type: "services" },
      LATTICE_LISTS.services,
      pages(services.length),
      isWanted ? "wanted" : awaited.length > 0 ? "attended" : "lists",
    ),
    list({ type: "networks" }, LATTICE_LISTS.networks, 1),
    list({ type: "groups" }, LATTICE_LISTS.groups, pages(groups.length)),
    list(
      { type: "service-tags" },
      LATTICE_LISTS.serviceTags,
      pages(services.length),
      services.every(({ hasTags }) => hasTags) ? "tags" : "lists",
    ),
    list({ type: "group-tags" }, LATTICE_LISTS.groupTags, pages(groups.length), groups.every(({ hasTags }) => hasTags) ? "tags" : "lists"),
    ...networkIds.flatMap((networkId) => [
      list({ type: "associations", networkId }, LATTICE_LISTS.associations(networkId), pages(services.length / networkIds.length)),
      list({ type: "vpcs", networkId }, LATTICE_LISTS.vpcs(networkId), 1),
    ]),
  ];
}

function serviceDrafts({ services, attended, unsettled, wanted }: PollState, awsAccountId: string): readonly Draft[] {
  return services.flatMap(({ id, name, owner, readAt, listenerCalls }) => {
    const since = wanted.get(name);
    const isAttended = attended.has(name);
    const isUnsettled = unsettled.has(name);
    return SERVICE_READS.flatMap((type): Draft[] => {
      if (owner !== null && owner !== awsAccountId && OWNERS_READS.has(type)) return [];
      const at = readAt[type];
      const calls = type === "listeners" ? listenerCalls : 1;
      const tier: Tier = isOlderThan(at, since)
        ? "wanted"
        : isAttended && isUnsettled && type !== "logs"
          ? "attended"
          : isUnsettled
            ? "unsettled"
            : isAttended
              ? "open"
              : "daily";
      // The networks' lists say it for every service; one service's own list is for those somebody waits for.
      if (type === "associations-of" && tier === "daily") return [];
      return [{ read: { type, serviceId: id }, at, calls, tier }];
    });
  });
}

function groupDrafts({ groups, attended, wanted }: PollState): readonly Draft[] {
  return groups.flatMap(({ id, serviceNames, isUsed, isWell, targetsAt }): Draft[] => {
    const isAttended = serviceNames.some((name) => attended.has(name));
    const since = wanted.size === 0 ? undefined : newest(serviceNames.flatMap((name) => wanted.get(name) ?? []));
    const isWanted = isOlderThan(targetsAt, since);
    // Targets of an unused group are UNUSED, whatever they are otherwise.
    if (!isUsed && !isAttended && !isWanted) return [];
    const tier: Tier = isWanted ? "wanted" : isAttended ? "attended" : isWell || targetsAt === null ? "rest" : "ill";
    return [{ read: { type: "targets", groupId: id }, at: targetsAt, calls: 1, tier }];
  });
}

function pinDrafts({ missingPins, attended, unsettled, wanted }: PollState): readonly Draft[] {
  return missingPins.flatMap(({ serviceName, clusterName, namespace, exportName, askedAt }): Draft[] => {
    const since = wanted.get(serviceName);
    const isWanted = isOlderThan(askedAt, since);
    const tier: Tier | null = isWanted
      ? "wanted"
      : attended.has(serviceName)
        ? "attended"
        : unsettled.has(serviceName)
          ? "unsettled"
          : null;
    if (tier === null) return [];
    return [{ read: { type: "pin", clusterName, namespace, exportName }, at: askedAt, calls: 2, tier }];
  });
}

/** Auth type and policy of networks, security groups of VPC associations. */
function networkDrafts({ networkReads, vpcReads }: PollState): readonly Draft[] {
  return [
    ...networkReads.flatMap(({ id, detailAt, policyAt }): Draft[] => [
      { read: { type: "network-detail", networkId: id }, at: detailAt, calls: 1, tier: "network" },
      { read: { type: "network-policy", networkId: id }, at: policyAt, calls: 1, tier: "network" },
    ]),
    ...vpcReads.map(
      ({ id, detailAt }): Draft => ({ read: { type: "vpc-detail", associationId: id }, at: detailAt, calls: 1, tier: "slow" }),
    ),
  ];
}

function isOlderThan(at: Date | null, since: Date | undefined): boolean {
  return since !== undefined && (at === null || at < since);
}

function newest(times: readonly Date[]): Date | undefined {
  return [...times].sort((one, other) => other.getTime() - one.getTime())[0];
}

/** Each tier gets its period of §3.9 unless that would take more than its share; what is left over paces the slowest. */
function fitPeriods(drafts: readonly Draft[], budget: number): PollPlan["periods"] {
  const calls: Record<Tier, number> = {
    lists: 0,
    tags: 0,
    attended: 0,
    open: 0,
    ill: 0,
    unsettled: 0,
    rest: 0,
    network: 0,
    slow: 0,
    daily: 0,
    wanted: 0,
  };
  for (const draft of drafts) calls[draft.tier] += draft.calls;
  const waited = calls.attended + calls.wanted;
  const troubled = calls.ill + calls.unsettled;
  const lists = Math.min(PERIODS.listsMost, Math.max(PERIODS.listsLeast, calls.lists / (budget * 0.12)));
  const spentOnLists = calls.lists / lists + calls.tags / PERIODS.tags;
  const attended = Math.max(PERIODS.attended, waited / (budget * 0.5));
  const afterAttended = Math.max(budget * 0.2, budget - spentOnLists - waited / attended);
  const ill = Math.max(PERIODS.ill, troubled / (afterAttended * 0.6));
  const slow = Math.max(PERIODS.slow, calls.slow / (budget * 0.08));
  const spentSlowly = calls.open / PERIODS.open + calls.network / PERIODS.slow + calls.slow / slow + calls.daily / PERIODS.daily;
  const left = Math.max(budget * 0.1, afterAttended - troubled / ill - spentSlowly);
  return { lists, attended, ill, rest: Math.max(PERIODS.rest, calls.rest / left), slow };
}

function overdueOf({ tier, at, read }: Draft, now: Date, periods: PollPlan["periods"]): number {
  // A delivery says its wish again at every look: that must not empty the budget.
  if (tier === "wanted") return at === null || now.getTime() - at.getTime() >= WANTED_GAP_MS ? Number.MAX_SAFE_INTEGER : 0;
  if (at === null && (tier === "daily" || tier === "slow")) return periods.rest > NEVER.busySeconds ? NEVER.serviceWhenBusy : NEVER.service;
  if (at === null) return read.type === "targets" ? NEVER.targets : NEVER.targets * 2;
  return (now.getTime() - at.getTime()) / 1000 / periodOf(tier, periods);
}

function periodOf(tier: Exclude<Tier, "wanted">, periods: PollPlan["periods"]): number {
  switch (tier) {
    case "lists":
      return periods.lists;
    case "tags":
      return PERIODS.tags;
    case "open":
      return PERIODS.open;
    case "attended":
      return periods.attended;
    case "ill":
    case "unsettled":
      return periods.ill;
    case "rest":
      return periods.rest;
    case "network":
      return PERIODS.slow;
    case "slow":
      return periods.slow;
    case "daily":
      return PERIODS.daily;
  }
}
