import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { oldestOf } from "../../domain/routes/find-way-in.ts";
import { HEALTH_KEY, latticeSource, oldestListAt } from "../../domain/routes/lattice-fact.ts";
import type { LatticeHealth } from "../../domain/routes/lattice-facts.ts";
import { type PlannedRead, type PollState, planPoll } from "../../domain/routes/poll-plan.ts";
import type { Context } from "../context.ts";
import { createFactKeeper } from "./keep-facts.ts";
import { createLatticeTroubles } from "./lattice-troubles.ts";
import { readLattice } from "./read-lattice.ts";

/** Reads at the same time; the adapter's queue paces the calls they make. Urgent ones have room of their own. */
const SWEEPS_AT_ONCE = 4;
const URGENT_AT_ONCE = 4;
const HEALTH_EVERY_MS = 10_000;
/** A plan over a large fleet costs some milliseconds and is followed for so long; one that is done is made anew at once. */
const PLAN_MS = 5_000;
const ATTENDED_PLAN_MS = 1_000;

/** The reading of one account's Lattice by the replica that holds the lease. */
export type LatticePoll = {
  /** Starts what is due and has room. Call it when a read ended and once a second. */
  look(): void;
  /** Like `look`, with a plan of this moment: somebody began to wait. */
  hurry(): void;
  /** Says in the facts how reading goes, when that is news or some time has passed. */
  sayHealth(): Promise<void>;
  /** Resolves when nothing is in flight. */
  settled(): Promise<void>;
};

export function createLatticePoll({
  ctx,
  account,
  unsettled,
  onRead,
}: {
  readonly ctx: Context;
  readonly account: LatticeAccount;
  /** Names of services whose routes are on their way or in trouble. */
  readonly unsettled: () => ReadonlySet<string>;
  /** A read ended: there may be room for the next. */
  readonly onRead: () => void;
}): LatticePoll {
  const keeper = createFactKeeper(ctx, latticeSource(account.id));
  const troubles = createLatticeTroubles();
  const inFlight = new Map<string, { readonly urgent: boolean; readonly done: Promise<void> }>();
  let planned: { readonly reads: PlannedRead[]; readonly at: number } = { reads: [], at: Number.NEGATIVE_INFINITY };
  let said: { readonly text: string; readonly at: number } = { text: "", at: Number.NEGATIVE_INFINITY };

  const stateNow = (): PollState => ctx.facts.pollState(account.id, unsettled());

  function plan(now: Date): PlannedRead[] {
    const goodMs = ctx.facts.attended(account.id).size > 0 ? ATTENDED_PLAN_MS : PLAN_MS;
    const isOld = now.getTime() - planned.at >= goodMs || planned.reads.length === 0;
    if (isOld) {
      const budget = { awsAccountId: account.awsAccountId, callsPerSecond: ctx.lattice.pace(account).callsPerSecond };
      planned = { reads: [...planPoll(stateNow(), now, budget).reads], at: now.getTime() };
    }
    return planned.reads;
  }

  function hasRoom(urgent: boolean): boolean {
    const busy = [...inFlight.values()].filter((one) => one.urgent === urgent).length;
    if (troubles.isProbing()) return inFlight.size === 0;
    return busy < (urgent ? URGENT_AT_ONCE : SWEEPS_AT_ONCE);
  }

  function look(): void {
    if (ctx.signal.aborted) return;
    const now = ctx.clock.now();
    const reads = plan(now);
    for (const next of [...reads]) {
      if (!hasRoom(next.urgent)) {
        if (next.urgent) continue;
        return;
      }
      reads.splice(reads.indexOf(next), 1);
      if (!inFlight.has(next.key) && troubles.allows(next.read, next.key, now)) start(next);
    }
  }

  function start({ key, read, urgent }: PlannedRead): void {
    const done = ask({ read, urgent }, key).finally(() => {
      inFlight.delete(key);
      onRead();
    });
    inFlight.set(key, { urgent, done });
  }

  async function ask({ read, urgent }: Pick<PlannedRead, "read" | "urgent">, key: string): Promise<void> {
    // What Lattice says is at least as new as the moment it was asked.
    const at = ctx.clock.now();
    try {
      const found = await readLattice({ ctx, account, urgent }, read);
      troubles.succeeded(read);
      await keeper.keep(found, at);
    } catch (error) {
      if (ctx.signal.aborted) return;
      ctx.log.warn("lattice.readFailed", { account: account.id, read: key, error });
      troubles.failed(read, key, error, ctx.clock.now());
    }
  }

  return {
    look,
    hurry() {
      planned = { ...planned, at: Number.NEGATIVE_INFINITY };
      look();
    },
    async sayHealth() {
      const now = ctx.clock.now();
      const { callsPerSecond, throttledUntil } = ctx.lattice.pace(account);
      const until = throttledUntil?.toISOString() ?? null;
      const error = troubles.error();
      const text = `${error} ${callsPerSecond} ${until === null}`;
      if (text === said.text && now.getTime() - said.at < HEALTH_EVERY_MS) return;
      said = { text, at: now.getTime() };
      const lastPassAt = wholePassAt(stateNow());
      if (lastPassAt !== null)
        ctx.metrics.gauge("trellis_lattice_oldest_seconds", (now.getTime() - lastPassAt.getTime()) / 1000, { account: account.id });
      const health: LatticeHealth = { callsPerSecond, throttledUntil: until, lastPassAt: lastPassAt?.toISOString() ?? null, error };
      await keeper.keep([{ key: HEALTH_KEY, data: health, isWhole: true }], now);
    },
    async settled() {
      while (inFlight.size > 0) await Promise.all([...inFlight.values()].map(({ done }) => done));
    },
  };
}

/** When the oldest fact of the hot pass was read; null while one never was (lattice.md §3.9, "Hot"). */
function wholePassAt({ lists, networkIds, groups }: PollState): Date | null {
  return oldestOf([oldestListAt(lists, networkIds), ...groups.flatMap(({ isUsed, targetsAt }) => (isUsed ? [targetsAt] : []))]);
}
