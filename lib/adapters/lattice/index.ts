import type { LogPort, MetricsPort } from "../telemetry/port.ts";
import { type AccountClient, createAccountClient } from "./account-client.ts";
import type { LatticeAccount, LatticePort } from "./port.ts";
import { createReader } from "./reader.ts";

/** So many accounts keep their clients and credentials; the one not asked for longest goes first. */
const MOST_ACCOUNTS = 64;

export type LatticeOptions = {
  /** Where Lattice, the tagging API and STS answer instead of AWS (the sandbox's emulator). */
  readonly endpoint?: string;
  readonly log: LogPort;
  readonly metrics: MetricsPort;
  readonly clock: { now(): Date };
  /** The part of every account's budget before `share` says another; the whole when left out. */
  readonly firstShare?: number;
};

/** Connects lazily: nothing is loaded or sent before the first call. */
export function createLattice({ endpoint, log, metrics, clock, firstShare = 1 }: LatticeOptions): LatticePort {
  const clients = new Map<string, AccountClient>();
  const shares = new Map<string, number>();

  function clientOf(account: LatticeAccount): AccountClient {
    const key = [account.id, account.awsAccountId, account.region, account.roleArn, account.externalId ?? ""].join(" ");
    const known = clients.get(key);
    const client = known ?? createAccountClient({ account, endpoint, log, metrics, clock });
    client.queue.setRate(account.callsPerSecond * (shares.get(account.id) ?? firstShare));
    clients.delete(key);
    clients.set(key, client);
    for (const [oldest, idle] of clients) {
      if (clients.size <= MOST_ACCOUNTS) break;
      clients.delete(oldest);
      idle.close();
    }
    return client;
  }

  return {
    ...createReader(clientOf),
    pace: (account) => clientOf(account).queue.pace(),
    share: (account, part) => {
      shares.set(account.id, part);
      clientOf(account);
    },
    close: () => {
      for (const client of clients.values()) client.close();
      clients.clear();
    },
  };
}
