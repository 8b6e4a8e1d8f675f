import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { applyMigrations, type Migration, type MigrationConnection } from "./apply-migrations.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { AUDIT_CHANNEL, type Engine } from "./engine.ts";
import { PrismaClient } from "./generated/client.ts";
import { TRANSACTION_OPTIONS } from "./transaction-options.ts";

export type PGliteOptions = { readonly dataDir: string; readonly loadDataDir?: Blob };

/** Opens PostgreSQL in this process, on a directory or in memory (`memory://`), and migrates it. `PRECONDITION` `database.locked` when another process holds the directory. */
export async function openPGlite(options: PGliteOptions, migrations: readonly Migration[]): Promise<Engine> {
  const unlock = options.dataDir.startsWith("memory://") ? () => undefined : lockDataDir(options.dataDir);
  try {
    return toEngine(await openMigrated(options, migrations), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A database that cannot be migrated is closed again: the next try would otherwise hold a second one in memory. */
async function openMigrated(options: PGliteOptions, migrations: readonly Migration[]): Promise<PGlite> {
  const pglite = await createPGlite(options);
  try {
    await applyMigrations(connectionOf(pglite), migrations);
    return pglite;
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

/** The migrated data directory as one file, for tests that open many databases. */
export async function dumpMigrated(migrations: readonly Migration[]): Promise<Uint8Array<ArrayBuffer>> {
  const pglite = await createPGlite({ dataDir: "memory://" });
  try {
    await applyMigrations(connectionOf(pglite), migrations);
    const dump = await pglite.dumpDataDir("none");
    return new Uint8Array(await dump.arrayBuffer());
  } finally {
    await pglite.close();
  }
}

async function createPGlite({ dataDir, loadDataDir }: PGliteOptions): Promise<PGlite> {
  if (!dataDir.startsWith("memory://")) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return PGlite.create({ dataDir, ...(loadDataDir === undefined ? {} : { loadDataDir }) });
}

function connectionOf(pglite: PGlite): MigrationConnection {
  return {
    query: async (sql, values) => (await pglite.query(sql, [...values])).rows,
    script: async (sql) => {
      await pglite.exec(sql);
    },
  };
}

function toEngine(pglite: PGlite, unlock: () => void): Engine {
  const client = new PrismaClient({ adapter: new PrismaPGlite(pglite), transactionOptions: TRANSACTION_OPTIONS });
  return {
    client,
    listen: async (wake) => {
      const stop = await pglite.listen(AUDIT_CHANNEL, wake);
      return () => stop();
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    close: async () => {
      try {
        await client.$disconnect();
        await pglite.close();
      } finally {
        unlock();
      }
    },
  };
}
