import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { z } from "zod";
import type { KeyRing } from "../../domain/audit/key-ring.ts";
import type { LogPort } from "../telemetry/port.ts";
import { readMigrations } from "./apply-migrations.ts";
import { createDatabaseOn } from "./create-database.ts";
import type { Engine } from "./engine.ts";
import { dumpMigrated, openPGlite } from "./open-pglite.ts";
import { openPostgres } from "./open-postgres.ts";
import type { DatabasePort } from "./port.ts";
import { translateError } from "./translate-error.ts";

const migrationsDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "prisma", "migrations");
const silent: LogPort = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export const testAuditKeys: KeyRing = { current: "test", keys: new Map([["test", new Uint8Array(32).fill(90)]]) };

export type TestDatabaseOptions = { readonly clock?: { now(): Date }; readonly log?: LogPort };
/** `sql` goes past the port, for tests of what the database itself refuses; its errors are translated like the port's. */
export type RawTestDatabase = {
  readonly database: DatabasePort;
  readonly sql: (text: string, ...values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
};

/**
 * The real adapter on an empty, migrated PGlite in memory. The first caller of a set of migrations pays for it; later ones load its dump.
 * Call `close()` in afterAll. There is no fake of this port (docs/adr/0007-no-database-fake.md).
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<DatabasePort> {
  return (await createRawTestDatabase(options)).database;
}

export async function createRawTestDatabase(options: TestDatabaseOptions = {}): Promise<RawTestDatabase> {
  const loadDataDir = new Blob([await migratedDump()]);
  return openRaw("pglite", () => openPGlite({ dataDir: "memory://", loadDataDir }, readMigrations(migrationsDir)), options);
}

/** The same on a PostgreSQL database of its own. */
export async function createRawPostgres(url: string, options: TestDatabaseOptions = {}): Promise<RawTestDatabase> {
  return openRaw("postgresql", () => openPostgres(url, readMigrations(migrationsDir), options.log ?? silent), options);
}

/** An empty database on the server behind `url`, dropped by `drop`. */
export async function createEmptyPostgres(url: string): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `trellis_test_${randomBytes(6).toString("hex")}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  await runOn(url, `CREATE DATABASE ${name}`);
  return { url: own.href, drop: () => runOn(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function openRaw(name: DatabasePort["engine"], open: () => Promise<Engine>, options: TestDatabaseOptions): Promise<RawTestDatabase> {
  let engine: Engine | undefined;
  const openEngine = async (): Promise<Engine> => (engine ??= await open());
  const database = createDatabaseOn({
    name,
    openEngine,
    auditKeys: testAuditKeys,
    log: options.log ?? silent,
    clock: options.clock ?? { now: () => new Date() },
  });
  await database.ready(AbortSignal.timeout(60_000));
  const sql: RawTestDatabase["sql"] = async (text, ...values) => {
    try {
      return z.array(z.record(z.string(), z.unknown())).parse(await engine?.client.$queryRawUnsafe(text, ...values));
    } catch (error) {
      throw translateError(error);
    }
  };
  return { database, sql };
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function migratedDump(): Promise<Uint8Array<ArrayBuffer>> {
  const migrations = readMigrations(migrationsDir);
  const version = readFileSync(fileURLToPath(import.meta.resolve("@electric-sql/pglite")));
  const key = createHash("sha256")
    .update(migrations.map(({ checksum }) => checksum).join())
    .update(version)
    .digest("hex")
    .slice(0, 16);
  const folder = path.join(tmpdir(), `trellis-test-database-${process.getuid?.() ?? 0}`);
  const file = path.join(folder, `${key}.tar`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, await dumpMigrated(migrations));
    renameSync(draft, file);
  }
  return new Uint8Array(readFileSync(file));
}
