import type { Prisma, PrismaClient } from "./generated/client.ts";

/** A client of either kind: the plain one, or one inside a transaction. */
export type Db = Prisma.TransactionClient;

/** One opened and migrated database. */
export type Engine = {
  readonly client: PrismaClient;
  /** Calls back after commits that notified `trellis_audit`, and once after every reconnect. Returns the stop function. */
  listen(wake: () => void): Promise<() => Promise<void>>;
  /** Lets timers and sockets run: PGlite answers in microtasks, and a busy loop of queries would starve them. */
  breathe(): Promise<void>;
  close(): Promise<void>;
};

export const AUDIT_CHANNEL = "trellis_audit";
