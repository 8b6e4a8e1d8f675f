import type { ReplicaView } from "../domain/routes/budget-share.ts";
import type { Context } from "../services/context.ts";

const PREFIX = "replica/";
const LEASE_MS = 10_000;
/** By then everybody who was there has looked at least twice, or has lost its own lease and counts itself as new. */
const ESTABLISHED_MS = 12_000;

export type ReplicaCount = {
  /** Says that this process is at work and looks how many are. */
  beat(): Promise<void>;
  view(): ReplicaView;
  /** Takes it back at once, so that the others need not wait for its end. */
  leave(): Promise<void>;
};

/** How many replicas are at work, by leases in the database. An embedded database has one. */
export function createReplicaCount(ctx: Pick<Context, "db" | "clock">, owner: string): ReplicaCount {
  const { observations } = ctx.db.read;
  const lease = { name: `${PREFIX}${owner}`, owner };
  let seen: { readonly count: number; readonly since: number; readonly until: number; readonly wasAlone: boolean } | null = null;

  if (ctx.db.engine !== "postgresql")
    return { beat: () => Promise.resolve(), view: () => ({ count: 1, isEstablished: true }), leave: () => Promise.resolve() };
  return {
    async beat() {
      const now = ctx.clock.now();
      await observations.claimLease({ ...lease, leaseMs: LEASE_MS, now });
      // Counted after our own lease stands: of two that come together the later one sees both.
      const count = await observations.countLeases(PREFIX, now);
      const at = now.getTime();
      const known = seen !== null && at < seen.until ? seen : { since: at, wasAlone: false };
      // Nobody else is at work, so nobody has to count it first: whoever comes later sees its lease.
      seen = { count, since: known.since, wasAlone: known.wasAlone || count <= 1, until: at + LEASE_MS };
    },
    view() {
      const at = ctx.clock.now().getTime();
      if (seen === null || at >= seen.until) return { count: 1, isEstablished: false };
      return { count: seen.count, isEstablished: seen.wasAlone || at - seen.since >= ESTABLISHED_MS };
    },
    async leave() {
      seen = null;
      await observations.claimLease({ ...lease, leaseMs: 0, now: ctx.clock.now() });
    },
  };
}
