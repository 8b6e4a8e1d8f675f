import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { MetricName, MetricsPort } from "./port.ts";

type Declaration = {
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
};

const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LONG_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 1800, 3600];

const METRICS: Readonly<Record<MetricName, Declaration>> = {
  trellis_commands_total: { type: "counter", help: "Commands by outcome: ok or the error code.", labels: ["command", "outcome"] },
  trellis_queries_seconds: { type: "histogram", help: "Duration of queries.", labels: ["query"], buckets: SECONDS },
  trellis_kube_requests_seconds: {
    type: "histogram",
    help: "Duration of calls to management clusters.",
    labels: ["cluster", "method", "kind", "outcome"],
    buckets: SECONDS,
  },
  trellis_watch_relists_total: { type: "counter", help: "Full lists of watched kinds.", labels: ["cluster", "kind"] },
  trellis_watch_events_total: { type: "counter", help: "Watch events by type.", labels: ["cluster", "kind", "type"] },
  trellis_watch_lag_seconds: { type: "gauge", help: "Age of the last proof that a watch cache is complete.", labels: ["cluster", "kind"] },
  trellis_watch_handler_errors_total: { type: "counter", help: "Watch listeners that threw.", labels: ["cluster", "kind"] },
  trellis_delivery_steps_total: { type: "counter", help: "Delivery steps by operation and outcome.", labels: ["op", "outcome"] },
  trellis_delivery_seconds: { type: "histogram", help: "Time from approval to delivered.", labels: ["kind"], buckets: LONG_SECONDS },
  trellis_streams: { type: "gauge", help: "Open live streams.", labels: [] },
  trellis_stream_resyncs_total: { type: "counter", help: "Streams told to read again, by topic.", labels: ["topic"] },
  trellis_wall_exchanges_total: { type: "counter", help: "Tries to exchange the token of a wall link.", labels: ["outcome"] },
  trellis_audit_head_seq: { type: "gauge", help: "Sequence number of the newest signed audit head.", labels: [] },
  trellis_lattice_calls_total: { type: "counter", help: "Calls to AWS, retries included.", labels: ["account", "operation", "outcome"] },
  trellis_lattice_wait_seconds: {
    type: "histogram",
    help: "How long a call waited for its turn in the budget of its account.",
    labels: ["urgent"],
    buckets: [...SECONDS, 30, 60],
  },
  trellis_lattice_oldest_seconds: { type: "gauge", help: "Age of the oldest fact of the hot pass.", labels: ["account"] },
  trellis_facts_dropped_total: { type: "counter", help: "Facts of other systems that could not be read.", labels: ["source"] },
};

/** Prometheus metrics in a registry of their own: two copies of this module in one process do not collide. */
export function createMetrics(): MetricsPort {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map<MetricName, Counter>();
  const gauges = new Map<MetricName, Gauge>();
  const histograms = new Map<MetricName, Histogram>();
  for (const [name, { type, help, labels, buckets }] of Object.entries(METRICS)) {
    const config = { name, help, labelNames: [...labels], registers: [registry] };
    if (type === "counter") counters.set(asName(name), new Counter(config));
    else if (type === "gauge") gauges.set(asName(name), new Gauge(config));
    else histograms.set(asName(name), new Histogram({ ...config, buckets: [...(buckets ?? SECONDS)] }));
  }
  return {
    count: (name, labels = {}, by = 1) => counters.get(name)?.inc(known(name, labels), by),
    gauge: (name, value, labels = {}) => gauges.get(name)?.set(known(name, labels), value),
    observe: (name, seconds, labels = {}) => histograms.get(name)?.observe(known(name, labels), seconds),
    render: () => registry.metrics(),
  };
}

// A label nobody declared would throw in the middle of a use case; a measurement is not worth that.
function known(name: MetricName, labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(METRICS[name].labels.map((label) => [label, labels[label] ?? ""]));
}

// Safe: the keys of METRICS are exactly the metric names.
function asName(name: string): MetricName {
  return name as MetricName;
}
