import { createLog, type LogOptions } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import type { LogPort, MetricsPort } from "./port.ts";

/** The log and the metrics of one process. Values are redacted by key and by shape before a line is written. */
export function createTelemetry(options: LogOptions): { readonly log: LogPort; readonly metrics: MetricsPort } {
  return { log: createLog(options), metrics: createMetrics() };
}
