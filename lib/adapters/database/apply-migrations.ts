import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";

/** One connection that holds the migration lock. `script` may hold many statements. */
export type MigrationConnection = {
  query(sql: string, values: readonly (string | number | Date)[]): Promise<readonly unknown[]>;
  script(sql: string): Promise<void>;
};

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

// Prisma's own lock number, so that its command line tools and we never migrate at the same time.
const LOCK = 72_707_369;
const JOURNAL = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;
const Applied = z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() });

/** The folders of `prisma/migrations` in order, with the checksum Prisma would write. */
export function readMigrations(dir: string): readonly Migration[] {
  if (!existsSync(dir)) throw new PortalError("INTERNAL", "database.noMigrations", { dir });
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Applies what is missing, in order, under an advisory lock. Returns the names applied.
 * `PRECONDITION` `database.migrationUnfinished` (a run broke off) · `database.migrationEdited` (a file changed after it ran) · `database.migrationUnknown` (the database is newer than this portal).
 */
export async function applyMigrations(connection: MigrationConnection, migrations: readonly Migration[]): Promise<readonly string[]> {
  await connection.query("SELECT pg_advisory_lock($1)::text", [LOCK]);
  try {
    await connection.script(JOURNAL);
    const applied = z
      .array(Applied)
      .parse(
        await connection.query(
          `SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "finished" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
          [],
        ),
      );
    const missing = missingAfter(applied, migrations);
    for (const migration of missing) await applyOne(connection, migration);
    return missing.map(({ name }) => name);
  } finally {
    await connection.query("SELECT pg_advisory_unlock($1)::text", [LOCK]);
  }
}

function missingAfter(applied: readonly z.infer<typeof Applied>[], migrations: readonly Migration[]): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of applied) {
    const migration = known.get(name);
    if (!finished) throw new PortalError("PRECONDITION", "database.migrationUnfinished", { name });
    if (migration === undefined) throw new PortalError("PRECONDITION", "database.migrationUnknown", { name });
    if (migration.checksum !== checksum) throw new PortalError("PRECONDITION", "database.migrationEdited", { name });
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function applyOne(connection: MigrationConnection, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await connection.query(`INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name") VALUES ($1, $2, $3)`, [id, checksum, name]);
  try {
    await connection.script(sql);
  } catch (error) {
    const logs = error instanceof Error ? error.message : String(error);
    await connection.query(`UPDATE "_prisma_migrations" SET "logs" = $2 WHERE "id" = $1`, [id, logs]);
    throw new PortalError("PRECONDITION", "database.migrationFailed", { name }, { raw: logs });
  }
  await connection.query(`UPDATE "_prisma_migrations" SET "finished_at" = now(), "applied_steps_count" = 1 WHERE "id" = $1`, [id]);
}
