/** Structured log lines. Values must never hold a secret; the adapter redacts known names as a second line of defence. */
export interface LogPort {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields & { readonly error?: unknown }): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

export interface MetricsPort {
  /** Adds to a counter declared in lib/adapters/telemetry. */
  count(name: MetricName, labels?: Readonly<Record<string, string>>, by?: number): void;
  gauge(name: MetricName, value: number, labels?: Readonly<Record<string, string>>): void;
  /** Duration in seconds into a histogram. */
  observe(name: MetricName, seconds: number, labels?: Readonly<Record<string, string>>): void;
  /** The Prometheus text format. */
  render(): Promise<string>;
}

export type MetricName =
  | "trellis_commands_total"
  | "trellis_queries_seconds"
  | "trellis_kube_requests_seconds"
  | "trellis_watch_relists_total"
  | "trellis_watch_events_total"
  | "trellis_watch_lag_seconds"
  | "trellis_watch_handler_errors_total"
  | "trellis_delivery_steps_total"
  | "trellis_delivery_seconds"
  | "trellis_streams"
  | "trellis_stream_resyncs_total"
  | "trellis_wall_exchanges_total"
  | "trellis_audit_head_seq"
  | "trellis_lattice_calls_total"
  | "trellis_lattice_wait_seconds"
  | "trellis_lattice_oldest_seconds"
  | "trellis_facts_dropped_total";
