import type { JsonObject } from "../../lib/domain/json.ts";
import { latticeSource } from "../../lib/domain/routes/lattice-fact.ts";
import type { Fact } from "../../lib/read-models/routes/fact-store.ts";
import type { Figure } from "./figure.ts";
import { BENCH_ACCOUNT, type LatticeFleet, type RunningPoll, startLatticeFleet } from "./lattice-fleet.ts";

const ROUTES = 1_000;
const BUDGET = 5;
/** One real second is so many of the poller's: a pass over such a fleet takes a quarter of an hour. */
const SPEED = 6;
const PASS_SECONDS = 900;
/** Healthy targets this old prove nothing any more. */
const OLDEST_SECONDS = 900;

/**
 * Polls 1,000 routes of two groups each in an emulator of its own: calls per second over a whole pass, the most in any ten seconds, and how
 * old the oldest and the middle target fact is afterwards. What the daily audit reads is in memory already; all else is read from nothing.
 */
export async function measureLatticePass(say: (line: string) => void): Promise<readonly Figure[]> {
  const fleet = await startLatticeFleet(ROUTES);
  try {
    say(`lattice: a pass of ${PASS_SECONDS} s at ${BUDGET} calls/s, ${SPEED} times as fast`);
    const pass = await fleet.startPoll({ callsPerSecond: BUDGET, speed: SPEED });
    pass.facts.take(fleet.routes.flatMap((route) => auditFacts(route, pass.now())));
    const since = fleet.emulator.control.calls({ limit: 1 }).last;
    const begun = performance.now();
    await new Promise((resolve) => setTimeout(resolve, (PASS_SECONDS / SPEED) * 1000));
    const seconds = ((performance.now() - begun) / 1000) * SPEED;
    const ages = agesOf(pass);
    const calls = callTimes(fleet, since);
    await pass.stop();
    return [
      row("calls per second over a pass", calls.length / seconds, "calls/s", BUDGET),
      row("most calls per second in any 10 s", mostIn(calls, 10_000 / SPEED) / 10, "calls/s", BUDGET * 1.1),
      row("oldest target fact", ages.at(-1) ?? Number.NaN, "s", OLDEST_SECONDS),
      row("target fact in the middle", ages[Math.floor(ages.length / 2)] ?? Number.NaN, "s", null),
    ];
  } finally {
    await fleet.stop();
  }
}

function row(what: string, figure: number, unit: string, budget: number | null): Figure {
  return { name: `1,000 routes × 2 groups, ${what}`, figure, unit, budget };
}

/** What the cold pass would have found of one route. */
function auditFacts({ service, name, groups }: LatticeFleet["routes"][number], at: Date): readonly Fact[] {
  const forward = groups.map((targetGroupId) => ({ targetGroupId, weight: 1 }));
  const rule = { id: "rule", priority: 1, isDefault: false, method: null, path: null, headers: [], action: { forward, fixedStatus: null } };
  const facts: Readonly<Record<string, JsonObject>> = {
    detail: {
      id: service,
      arn: service,
      name,
      status: "ACTIVE",
      domainName: null,
      customDomainName: null,
      createdAt: null,
      lastUpdatedAt: null,
      authType: "NONE",
      certificateArn: null,
      failureCode: null,
      failureMessage: null,
    },
    listeners: { items: [{ id: "listener", port: 80, protocol: "HTTP", rules: [rule] }] },
    policy: { policy: null },
    logs: { items: [] },
  };
  return Object.entries(facts).map(([kind, data]) => ({ source: latticeSource(BENCH_ACCOUNT), key: `${kind}/${service}`, data, at }));
}

/** Ages of all target facts in seconds of the poller's clock, youngest first. */
function agesOf({ facts, now }: RunningPoll): readonly number[] {
  const at = now().getTime();
  const { groups } = facts.pollState(BENCH_ACCOUNT, new Set());
  return groups.map(({ targetsAt }) => (at - (targetsAt?.getTime() ?? 0)) / 1000).sort((one, other) => one - other);
}

/** When the calls of the portal were answered, in real milliseconds. */
function callTimes({ emulator }: LatticeFleet, since: number): readonly number[] {
  return emulator.control.calls({ since, caller: "portal-reader" }).calls.map(({ at }) => new Date(at).getTime());
}

function mostIn(times: readonly number[], windowMs: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  let from = 0;
  let most = 0;
  for (const [place, time] of sorted.entries()) {
    while (time - (sorted[from] ?? 0) >= windowMs) from += 1;
    most = Math.max(most, place - from + 1);
  }
  return most;
}
