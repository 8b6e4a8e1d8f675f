import type { FieldProblem } from "../portal-error.ts";
import { checkAccess } from "./check-access.ts";
import { checkAccessLogs } from "./check-access-logs.ts";
import { checkBackends } from "./check-backends.ts";
import { checkHealthCheck } from "./check-health-check.ts";
import { checkHostname } from "./check-hostname.ts";
import { checkRules } from "./check-rules.ts";
import { problem, type RouteCheck, type RouteFacts } from "./route-check.ts";
import type { RouteSpec } from "./route-input.ts";
import { isListenerName, isServiceName, listenerNameOf } from "./service-name.ts";

/** Fields that Lattice, or the objects made of them, keep for life: another value is another service with another DNS name. */
const FIXED = ["network", "protocol", "hostname", "serviceName"] as const;

/**
 * Everything that the schema cannot say and that neither the API server nor the gateway controller refuses in time: what Lattice supports
 * (lattice.md §1.4 to §1.6), its names and quotas (§3.3, §3.7), and who may use what. One problem per refused field, each with the way out; empty when
 * the route may be rendered. Under a millisecond for 16 rules, so it runs while typing.
 */
export function checkRoute(spec: RouteSpec, facts: RouteFacts): readonly FieldProblem[] {
  const check = { spec, facts };
  return [
    ...checkFixed(check),
    ...checkNetwork(check),
    ...checkNames(check),
    ...checkHostname(check),
    ...checkRules(check),
    ...checkBackends(check),
    ...checkHealthCheck(check),
    ...checkAccess(check),
    ...checkAccessLogs(check),
  ];
}

function checkFixed({ spec, facts: { previous } }: RouteCheck): FieldProblem[] {
  if (previous === null) return [];
  // A service name left out is allotted once and then kept.
  const isKept = (field: (typeof FIXED)[number]) =>
    spec[field] === previous[field] || (field === "serviceName" && spec[field] === undefined);
  return FIXED.filter((field) => !isKept(field)).map((field) =>
    problem(field, "fixed", { before: previous[field] ?? "–", after: spec[field] ?? "–" }),
  );
}

const LISTENERS = { http: ["HTTP", "HTTPS"], grpc: ["HTTPS"], tls: ["TLS"] } as const;

function checkNetwork({ spec, facts: { network, team } }: RouteCheck): FieldProblem[] {
  if (network === null) return [problem("network", "networkUnknown", { network: spec.network })];
  const publisher = network.publishers.some((one) => one === team)
    ? []
    : [problem("network", "notPublisher", { network: network.name, team })];
  const listener = network.listeners.find(({ name }) => name === spec.listener);
  if (listener === undefined) {
    const choices = network.listeners.map(({ name }) => name).join(", ");
    return [...publisher, problem("listener", "listenerUnknown", { listener: spec.listener, network: network.name, choices })];
  }
  const fitting: readonly string[] = LISTENERS[spec.protocol];
  if (fitting.includes(listener.protocol)) return publisher;
  const values = { protocol: spec.protocol, listener: listener.name, has: listener.protocol, needs: fitting.join(", ") };
  return [...publisher, problem("listener", "listenerProtocol", values)];
}

/** Names that are made of others are looked at here, because the controller would only fail on them. */
function checkNames({ spec, facts: { name, team, network } }: RouteCheck): FieldProblem[] {
  const own =
    spec.serviceName === undefined || isServiceName(spec.serviceName)
      ? []
      : [problem("serviceName", "serviceName", { name: spec.serviceName })];
  const port = network?.listeners.find((one) => one.name === spec.listener)?.port ?? 443;
  const listenerName = listenerNameOf({ namespace: `team-${team}`, name }, port, "https");
  return isListenerName(listenerName) ? own : [...own, problem("name", "listenerName", { name, listener: listenerName })];
}
