import type { JsonObject, JsonValue } from "../../lib/domain/json.ts";
import type { RouteMatch } from "../../lib/domain/routes/route-input.ts";
import { isCallerComplete, toCaller } from "./caller-draft.ts";
import type { RouteDraft, RuleDraft, SideDraft } from "./route-draft.ts";

/**
 * What the draft says as a RouteSpec. It is not checked here: text that is no number stays text, so that the one schema behind the door names the field.
 */
export function toSpec(typed: RouteDraft): JsonObject {
  const draft = asProtocolAllows(typed);
  const hostname = draft.hostname.trim();
  const serviceName = draft.serviceName.trim();
  const description = draft.description.trim();
  const accessLogs = draft.accessLogs.trim();
  return {
    network: draft.network,
    protocol: draft.protocol,
    listener: draft.listener,
    ...(hostname === "" ? {} : { hostname }),
    ...(serviceName === "" ? {} : { serviceName }),
    rules: draft.rules.map((rule) => toRule(rule, draft)),
    healthCheck: toHealth(draft.health),
    access: toAccess(draft),
    ...(accessLogs === "" ? {} : { accessLogs: { destinationArn: accessLogs } }),
    visibility: draft.visibility,
    ...(description === "" ? {} : { description }),
  };
}

/**
 * The draft without what its protocol cannot have: passthrough knows neither several rules nor signed callers. What was typed stays in the
 * draft, for the way back to another protocol.
 */
export function asProtocolAllows(draft: RouteDraft): RouteDraft {
  return draft.protocol === "tls" ? { ...draft, rules: draft.rules.slice(0, 1), access: "network" } : draft;
}

/** The sides that a rule sends calls to, in the order in which they stand in the form: the order of its backends. */
export function sidesOfRule(rule: RuleDraft, sides: readonly SideDraft[]): readonly SideDraft[] {
  return sides.filter(({ key }) => (rule.weights[key] ?? "").trim() !== "");
}

/** What the rule looks at, as far as it is typed: for trying calls and for warnings while typing. */
export function matchOf(rule: RuleDraft, protocol: RouteDraft["protocol"]): RouteMatch {
  if (protocol === "tls") return { headers: [] };
  const headers = rule.headers
    .map(({ name, value }) => ({ name: name.trim(), value: value.trim() }))
    .filter(({ name, value }) => name !== "" || value !== "");
  if (protocol === "grpc") {
    const service = rule.grpcService.trim();
    const method = rule.grpcMethod.trim();
    // A method alone is said as it is typed, so that the door names the missing service.
    return { headers, ...(service + method === "" ? {} : { grpc: { service, ...(method === "" ? {} : { method }) } }) };
  }
  const method = METHODS.find((name) => name === rule.method);
  return {
    ...(rule.pathType === "any" ? {} : { path: { type: rule.pathType, value: rule.path.trim() } }),
    ...(method === undefined ? {} : { method }),
    headers,
  };
}

export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"] as const;

/** Is there enough to ask for a plan? Before that every answer would only repeat that fields are empty. */
export function isWorthAsking(typed: RouteDraft): boolean {
  const draft = asProtocolAllows(typed);
  return (
    draft.name.trim() !== "" &&
    draft.network !== "" &&
    draft.sides.every(({ cluster, kubeService, port }) => cluster !== "" && kubeService !== "" && port !== "") &&
    draft.rules.every((rule) => sidesOfRule(rule, draft.sides).length > 0) &&
    (draft.access !== "callers" || (draft.callers.length > 0 && draft.callers.every(isCallerComplete))) &&
    (draft.access !== "policy" || draft.policy.trim() !== "")
  );
}

function toRule(rule: RuleDraft, draft: RouteDraft): JsonObject {
  return {
    match: asJson(matchOf(rule, draft.protocol)),
    backends: sidesOfRule(rule, draft.sides).map(({ key, cluster, namespace, kubeService, port }) => ({
      cluster,
      namespace,
      kubeService,
      port: whole(port),
      weight: whole(rule.weights[key] ?? ""),
    })),
  };
}

function toHealth(health: RouteDraft["health"]): JsonObject {
  return {
    enabled: health.enabled,
    path: health.path.trim(),
    intervalSeconds: whole(health.intervalSeconds),
    timeoutSeconds: whole(health.timeoutSeconds),
    healthyThreshold: whole(health.healthyThreshold),
    unhealthyThreshold: whole(health.unhealthyThreshold),
    statusMatch: health.statusMatch.trim(),
    ...(health.port.trim() === "" ? {} : { port: whole(health.port) }),
  };
}

function toAccess(draft: RouteDraft): JsonObject {
  if (draft.access === "network") return { type: "network" };
  if (draft.access === "policy") return { type: "policy", policy: draft.policy.trim() };
  return { type: "callers", callers: draft.callers.map(toCaller) };
}

function whole(typed: string): JsonValue {
  return /^[0-9]{1,9}$/.test(typed.trim()) ? Number(typed) : typed;
}

function asJson(match: RouteMatch): JsonObject {
  const { path, method, headers, grpc } = match;
  return {
    ...(path === undefined ? {} : { path: { ...path } }),
    ...(method === undefined ? {} : { method }),
    headers: headers.map((header) => ({ ...header })),
    ...(grpc === undefined ? {} : { grpc: { ...grpc } }),
  };
}
