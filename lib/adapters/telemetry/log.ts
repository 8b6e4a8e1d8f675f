import pino from "pino";
import type { LogFields, LogPort } from "./port.ts";
import { redact } from "./redact.ts";

export type LogOptions = { readonly level: "debug" | "info" | "warn" | "error"; readonly write?: (line: string) => void };

/** JSON lines on standard output (or to `write`): `{level, time, event, …fields}`. Every field goes through the redactor first. */
export function createLog({ level, write }: LogOptions): LogPort {
  const options = {
    level,
    base: null,
    messageKey: "event",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = write === undefined ? pino(options) : pino(options, { write });
  const line =
    (severity: LogOptions["level"]) =>
    (event: string, fields: LogFields = {}) => {
      if (!logger.isLevelEnabled(severity)) return;
      logger[severity]({ ...asRecord(redact(fields)) }, event);
    };
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  // Our own words keep their places: a field of the same name would stand in the line twice.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [RESERVED.has(key) ? `field_${key}` : key, member]),
  );
}

const RESERVED: ReadonlySet<string> = new Set(["level", "time", "event"]);
