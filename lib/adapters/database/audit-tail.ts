import type { AuditRow } from "../../domain/audit/audit-row.ts";
import type { LogPort } from "../telemetry/port.ts";

export type AuditListener = (rows: readonly AuditRow[]) => void;
export type AuditTailSource = {
  readonly after: (seq: number, limit: number) => Promise<readonly AuditRow[]>;
  readonly listen: (wake: () => void) => Promise<() => Promise<void>>;
};

const POLL_MS = 1000;
const BATCH = 500;

/** Reads audit rows as they are committed and hands them on in order; woken by the database and, to be sure, every second. */
export type AuditTail = {
  subscribe(listener: AuditListener): () => void;
  start(source: AuditTailSource, fromSeq: number): Promise<void>;
  stop(): Promise<void>;
};

export function createAuditTail(log: LogPort): AuditTail {
  const listeners = new Set<AuditListener>();
  let seq = 0;
  let running: Promise<void> | undefined;
  let wokenAgain = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let stopListening: (() => Promise<void>) | undefined;

  const hand = (rows: readonly AuditRow[]): void => {
    for (const listener of listeners) {
      try {
        listener(rows);
      } catch (error) {
        log.error("database.auditListener", { error });
      }
    }
  };

  const drain = async (source: AuditTailSource): Promise<void> => {
    do {
      wokenAgain = false;
      const rows = await source.after(seq, BATCH);
      const last = rows.at(-1);
      if (last === undefined) continue;
      seq = last.seq;
      hand(rows);
      wokenAgain ||= rows.length === BATCH;
    } while (wokenAgain && !stopped);
  };

  const wake = (source: AuditTailSource): void => {
    wokenAgain = true;
    if (stopped || running !== undefined) return;
    running = drain(source)
      .catch((error: unknown) => {
        wokenAgain = false;
        log.warn("database.auditTail", { error });
      })
      .finally(() => {
        running = undefined;
        if (wokenAgain) wake(source);
      });
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start: async (source, fromSeq) => {
      seq = fromSeq;
      stopped = false;
      timer = setInterval(() => wake(source), POLL_MS);
      timer.unref();
      stopListening = await source.listen(() => wake(source));
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await stopListening?.();
      await running;
    },
  };
}
