export { type LogOptions, createLog } from "./log.ts";
export { createMetrics } from "./metrics.ts";
