import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseKeyRing } from "../../domain/audit/key-ring.ts";
import type { LogPort } from "../telemetry/port.ts";
import { readMigrations } from "./apply-migrations.ts";
import { createDatabase } from "./index.ts";
import { dumpMigrated } from "./open-pglite.ts";
import type { DatabasePort } from "./port.ts";

const migrationsDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "prisma", "migrations");
const silent: LogPort = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export const testAuditKeys = parseKeyRing(`test:${"5a".repeat(32)}`);

export type TestDatabaseOptions = { readonly clock?: { now(): Date }; readonly log?: LogPort };

/**
 * The real adapter on an empty, migrated PGlite in memory. The first caller of a set of migrations pays for it; later ones load its dump.
 * Call `close()` in afterAll. There is no fake of this port (docs/adr/0007-no-database-fake.md).
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<DatabasePort> {
  const loadDataDir = new Blob([await migratedDump()]);
  const database = createDatabase({ dataDir: "memory://", loadDataDir, migrationsDir, auditKeys: testAuditKeys, log: options.log ?? silent, clock: options.clock ?? { now: () => new Date() } });
  await database.ready(AbortSignal.timeout(60_000));
  return database;
}

async function migratedDump(): Promise<Uint8Array<ArrayBuffer>> {
  const migrations = readMigrations(migrationsDir);
  const version = readFileSync(fileURLToPath(import.meta.resolve("@electric-sql/pglite")));
  const key = createHash("sha256").update(migrations.map(({ checksum }) => checksum).join()).update(version).digest("hex").slice(0, 16);
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
