import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { LogPort } from "../telemetry/port.ts";
import { applyMigrations, type Migration, type MigrationConnection } from "./apply-migrations.ts";
import type { Engine } from "./engine.ts";
import { PrismaClient } from "./generated/client.ts";
import { listenPostgres } from "./listen-postgres.ts";
import { TRANSACTION_OPTIONS } from "./transaction-options.ts";

const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 10_000;
const MIGRATION_TIMEOUT_MS = 300_000;
const POOL_SIZE = 10;

/** Migrates a PostgreSQL database and opens a pool on it. Driver errors leave as they are; the caller translates them. */
export async function openPostgres(url: string, migrations: readonly Migration[], log: LogPort): Promise<Engine> {
  const applied = await migrate(url, migrations);
  if (applied.length > 0) log.info("database.migrated", { applied });
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS + 2000,
      idle_in_transaction_session_timeout: TRANSACTION_OPTIONS.timeout * 2,
      keepAlive: true,
      application_name: "trellis",
    },
    {
      onPoolError: (error) => log.warn("database.connectionLost", { reason: error.message }),
      onConnectionError: (error) => log.warn("database.connectionLost", { reason: error.message }),
    },
  );
  const client = new PrismaClient({ adapter, transactionOptions: TRANSACTION_OPTIONS });
  return {
    client,
    listen: (wake) => listenPostgres(url, wake, log),
    breathe: () => Promise.resolve(),
    close: () => client.$disconnect(),
  };
}

async function migrate(url: string, migrations: readonly Migration[]): Promise<readonly string[]> {
  const connection = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: MIGRATION_TIMEOUT_MS,
    application_name: "trellis-migrate",
  });
  // Without a listener the loss of this connection would end the process; the pending query rejects anyway.
  connection.on("error", () => undefined);
  await connection.connect();
  try {
    return await applyMigrations(connectionOf(connection), migrations);
  } finally {
    await connection.end();
  }
}

function connectionOf(connection: pg.Client): MigrationConnection {
  return {
    query: async (sql, values) => (await connection.query<Record<string, unknown>>(sql, [...values])).rows,
    script: async (sql) => {
      await connection.query(sql);
    },
  };
}
