import type { UserId } from "../../domain/ids.ts";
import { applyBootstrapCatalog } from "./bootstrap-catalog.ts";
import { applyBootstrapRights } from "./bootstrap-rights.ts";
import type { Db } from "./engine.ts";
import type { BootstrapOutcome, BootstrapRows } from "./port.ts";

/** Collects what was written. */
export type BootstrapChanges = { readonly changes: string[]; readonly affectedUsers: Set<UserId> };

const LOCK = 72_707_370;

/** See the port. Two replicas that start together apply it one after the other; the second finds nothing to do. */
export async function applyBootstrap(db: Db, file: BootstrapRows, now: Date): Promise<BootstrapOutcome> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
  const written: BootstrapChanges = { changes: [], affectedUsers: new Set() };
  await applyBootstrapCatalog(db, file, now, written);
  await applyBootstrapRights(db, file, now, written);
  return { changes: written.changes, affectedUsers: [...written.affectedUsers].sort() };
}
