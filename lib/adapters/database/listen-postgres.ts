import pg from "pg";
import type { LogPort } from "../telemetry/port.ts";
import { AUDIT_CHANNEL } from "./engine.ts";

const CONNECT_TIMEOUT_MS = 5000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * LISTEN on a connection of its own, outside the pool: a pooled one delivers nothing. Connects again after a loss, with a growing pause; the tail's poll bridges the gap.
 * Never throws: without this connection news is a poll interval late.
 */
export async function listenPostgres(url: string, wake: () => void, log: LogPort): Promise<() => Promise<void>> {
  let stopped = false;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  let current: pg.Client | undefined;

  const connect = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: "trellis-listen",
    });
    current = client;
    // A killed connection says `error` twice, then `end`; without a listener the process would end.
    client.on("error", () => undefined);
    client.on("notification", wake);
    client.once("end", () => again(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${AUDIT_CHANNEL}`);
      pauseMs = FIRST_PAUSE_MS;
      wake();
    } catch {
      again(client);
    }
  };

  const again = (client: pg.Client): void => {
    if (stopped || current !== client) return;
    current = undefined;
    void client.end().catch(() => undefined);
    log.warn("database.listenLost", { retryMs: pauseMs });
    timer = setTimeout(() => void connect(), pauseMs * (0.5 + Math.random() / 2));
    timer.unref();
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  };

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await current?.end().catch(() => undefined);
  };
}
