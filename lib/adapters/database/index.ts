import path from "node:path";
import type { KeyRing } from "../../domain/audit/key-ring.ts";
import type { LogPort } from "../telemetry/port.ts";
import { readMigrations } from "./apply-migrations.ts";
import { createDatabaseOn } from "./create-database.ts";
import { openPGlite } from "./open-pglite.ts";
import { openPostgres } from "./open-postgres.ts";
import type { DatabasePort } from "./port.ts";

export type DatabaseOptions = {
  /** PostgreSQL; without it PGlite runs in this process on `dataDir`. */
  readonly databaseUrl?: string;
  /** A directory, or `memory://` for tests. */
  readonly dataDir?: string;
  /** Below the working directory unless told. */
  readonly migrationsDir?: string;
  readonly auditKeys: KeyRing;
  readonly log: LogPort;
  readonly clock: { now(): Date };
};

/** The portal's store. Nothing is opened before the first use; opening migrates. */
export function createDatabase({ databaseUrl, dataDir = ".data/database", migrationsDir, ...world }: DatabaseOptions): DatabasePort {
  const migrations = () => readMigrations(migrationsDir ?? path.resolve("prisma", "migrations"));
  if (databaseUrl !== undefined)
    return createDatabaseOn({ ...world, name: "postgresql", openEngine: async () => openPostgres(databaseUrl, migrations(), world.log) });
  return createDatabaseOn({ ...world, name: "pglite", openEngine: async () => openPGlite({ dataDir }, migrations()) });
}
