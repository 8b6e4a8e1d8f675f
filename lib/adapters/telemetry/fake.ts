import type { LogFields, LogPort, MetricName, MetricsPort } from "./port.ts";

export type LogLine = { readonly level: "debug" | "info" | "warn" | "error"; readonly event: string; readonly fields: LogFields };

/** Keeps the lines for a test to read; nothing is redacted, so a test sees what use cases hand over. */
export function createFakeLog(): LogPort & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const line =
    (level: LogLine["level"]) =>
    (event: string, fields: LogFields = {}) => {
      lines.push({ level, event, fields });
    };
  return { lines, debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

export type Measurement = {
  readonly type: "count" | "gauge" | "observe";
  readonly name: MetricName;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
};

/** Keeps every measurement in order. */
export function createFakeMetrics(): MetricsPort & { readonly measured: readonly Measurement[] } {
  const measured: Measurement[] = [];
  return {
    measured,
    count: (name, labels = {}, by = 1) => void measured.push({ type: "count", name, value: by, labels }),
    gauge: (name, value, labels = {}) => void measured.push({ type: "gauge", name, value, labels }),
    observe: (name, seconds, labels = {}) => void measured.push({ type: "observe", name, value: seconds, labels }),
    render: async () => measured.map(({ name, value }) => `${name} ${value}`).join("\n"),
  };
}
