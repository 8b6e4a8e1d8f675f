import { budgetShare } from "../domain/routes/budget-share.ts";
import type { Context } from "../services/context.ts";
import { followUnsettledRoutes, type UnsettledRoutes } from "../services/routes/find-unsettled.ts";
import { createLatticePoll } from "../services/routes/poll-lattice.ts";
import { readNetworking } from "../services/routes/read-networking.ts";
import { createObservationTail } from "../services/routes/tail-observations.ts";
import { createReplicaCount, type ReplicaCount } from "./replica-count.ts";
import { startTimer } from "./start-timer.ts";

const ACCOUNTS_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 5_000;
const BEAT_EVERY_MS = 3_000;

type LatticeAccount = Awaited<ReturnType<typeof readNetworking>>["accounts"][number];
type AccountPoller = { readonly text: string; readonly wake: () => void; readonly stop: () => Promise<void> };

/** Reads the Lattice of every configured account and Region, each in one replica at a time. Without accounts nothing is called. */
export function startLatticePoller(ctx: Context): { readonly stop: () => Promise<void> } {
  const owner = ctx.randomId();
  const pollers = new Map<string, AccountPoller>();
  let unsettled: UnsettledRoutes | null = null;
  const replicas = createReplicaCount(ctx, owner);
  const beats = startTimer(ctx, { name: "replicas", firstMs: 0, everyMs: BEAT_EVERY_MS }, () => replicas.beat());
  const stopAttention = ctx.facts.subscribeAttention((account) => pollers.get(account)?.wake());

  const accounts = startTimer(ctx, { name: "lattice-accounts", firstMs: 0, everyMs: ACCOUNTS_EVERY_MS }, async (round) => {
    const configured = (await readNetworking(round.db.read)).accounts;
    for (const [id, poller] of pollers) {
      const now = configured.find((account) => account.id === id);
      if (now !== undefined && JSON.stringify(now) === poller.text) continue;
      pollers.delete(id);
      await poller.stop();
    }
    if (configured.length > 0 && unsettled === null) {
      // What was known before the start is not asked again.
      await createObservationTail(round).read();
      unsettled = followUnsettledRoutes(ctx);
    }
    for (const account of configured) {
      if (round.signal.aborted || unsettled === null) return;
      if (!pollers.has(account.id)) pollers.set(account.id, startAccount(ctx, { account, owner, unsettled, replicas }));
    }
  });

  return {
    stop: async () => {
      stopAttention();
      await accounts.stop();
      await Promise.all([beats.stop(), ...[...pollers.values()].map((poller) => poller.stop())]);
      await replicas.leave().catch(() => undefined);
      unsettled?.close();
    },
  };
}

function startAccount(
  ctx: Context,
  {
    account,
    owner,
    unsettled,
    replicas,
  }: {
    readonly account: LatticeAccount;
    readonly owner: string;
    readonly unsettled: UnsettledRoutes;
    readonly replicas: ReplicaCount;
  },
): AccountPoller {
  const stopping = new AbortController();
  const own: Context = { ...ctx, signal: AbortSignal.any([ctx.signal, stopping.signal]) };
  const lease = { name: `lattice/${account.awsAccountId}/${account.region}`, owner };
  let heldUntil = Number.NEGATIVE_INFINITY;
  const isOurs = () => ctx.clock.now().getTime() < heldUntil;
  const poll = createLatticePoll({
    ctx: own,
    account,
    unsettled: () => unsettled.of(account.id),
    onRead: () => {
      if (isOurs()) poll.look();
    },
  });

  // Without a look at the database: a lease that could not be renewed gives its part back by itself.
  const takeShare = () => ctx.lattice.share(account, budgetShare({ isHolder: isOurs(), ...replicas.view() }));
  takeShare();

  const renewal = startTimer(own, { name: "lattice-lease", firstMs: 0, everyMs: RENEW_EVERY_MS }, async (round) => {
    const now = round.clock.now();
    const isHeld = await round.db.read.observations.claimLease({ ...lease, leaseMs: LEASE_MS, now });
    if (isHeld !== isOurs()) round.log.info("lattice.lease", { account: account.id, held: isHeld });
    heldUntil = isHeld ? now.getTime() + LEASE_MS - RENEW_EVERY_MS / 2 : Number.NEGATIVE_INFINITY;
    takeShare();
    if (isHeld) poll.look();
  });
  const looking = startTimer(own, { name: "lattice-poll", firstMs: LOOK_EVERY_MS, everyMs: LOOK_EVERY_MS }, async () => {
    takeShare();
    if (!isOurs()) return;
    poll.look();
    await poll.sayHealth();
  });

  return {
    text: JSON.stringify(account),
    wake: () => {
      if (isOurs()) poll.hurry();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([renewal.stop(), looking.stop(), poll.settled()]);
      // Given back at once, so that another replica need not wait for its end.
      if (isOurs()) await ctx.db.read.observations.claimLease({ ...lease, leaseMs: 0, now: ctx.clock.now() }).catch(() => false);
    },
  };
}
