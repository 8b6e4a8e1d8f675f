import { healthCheckDefaults } from "../../lib/domain/routes/health-check-defaults.ts";
import type { RouteHealthCheck, RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { type CallerDraft, fromCaller, newCaller } from "./caller-draft.ts";

/** One port of one kubeService in one cluster: a side that rules can send calls to. */
export type SideDraft = {
  readonly key: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly kubeService: string;
  readonly port: string;
};
export type HeaderDraft = { readonly key: string; readonly name: string; readonly value: string };

/** One rule as it is typed. `weights` by side; a side without a weight is no backend of the rule. */
export type RuleDraft = {
  readonly key: string;
  readonly method: string;
  readonly pathType: "any" | "exact" | "prefix";
  readonly path: string;
  readonly headers: readonly HeaderDraft[];
  readonly grpcService: string;
  readonly grpcMethod: string;
  readonly weights: Readonly<Record<string, string>>;
};

export type HealthDraft = {
  readonly enabled: boolean;
  readonly path: string;
  readonly intervalSeconds: string;
  readonly timeoutSeconds: string;
  readonly healthyThreshold: string;
  readonly unhealthyThreshold: string;
  readonly statusMatch: string;
  readonly port: string;
};

/** Everything a person has typed, kept on her device until it is sent. */
export type RouteDraft = {
  readonly team: string;
  readonly name: string;
  readonly network: string;
  readonly protocol: "http" | "grpc" | "tls";
  readonly listener: string;
  readonly hostname: string;
  readonly serviceName: string;
  readonly sides: readonly SideDraft[];
  readonly rules: readonly RuleDraft[];
  readonly health: HealthDraft;
  readonly access: "callers" | "policy" | "network";
  readonly callers: readonly CallerDraft[];
  readonly policy: string;
  readonly accessLogs: string;
  readonly visibility: "team" | "organisation";
  readonly description: string;
  readonly purpose: string;
};

export const MOST_RULES = 10;
export const MOST_HEADERS = 5;

/** A draft nobody has typed into yet: one side, one rule that sends everything there, and an empty caller. */
export function emptyDraft(team: string, network: { readonly name: string; readonly listener: string } | null): RouteDraft {
  const side = newSide();
  return {
    team,
    name: "",
    network: network?.name ?? "",
    protocol: "http",
    listener: network?.listener ?? "",
    hostname: "",
    serviceName: "",
    sides: [side],
    rules: [newRule({ [side.key]: "1" })],
    health: toHealthDraft(healthCheckDefaults("http")),
    access: "callers",
    callers: [newCaller(team)],
    policy: "",
    accessLogs: "",
    visibility: "organisation",
    description: "",
    purpose: "",
  };
}

export function newSide(): SideDraft {
  return { key: crypto.randomUUID(), cluster: "", namespace: "", kubeService: "", port: "" };
}

export function newRule(weights: RuleDraft["weights"]): RuleDraft {
  return { key: crypto.randomUUID(), method: "", pathType: "prefix", path: "/", headers: [], grpcService: "", grpcMethod: "", weights };
}

/** A spec back as a draft, for a change, another revision or the way back to a version. */
export function fromSpec(spec: RouteSpec, base: { readonly team: string; readonly name: string; readonly purpose: string }): RouteDraft {
  const sides = sidesOfSpec(spec);
  const keyOf = new Map(sides.map((side) => [identity(side), side.key]));
  const { healthCheck, access } = spec;
  return {
    ...base,
    network: spec.network,
    protocol: spec.protocol,
    listener: spec.listener,
    hostname: spec.hostname ?? "",
    serviceName: spec.serviceName ?? "",
    sides,
    rules: spec.rules.map(({ match, backends }) => ({
      key: crypto.randomUUID(),
      method: match.method ?? "",
      pathType: match.path?.type ?? "any",
      path: match.path?.value ?? "",
      headers: match.headers.map(({ name, value }) => ({ key: crypto.randomUUID(), name, value })),
      grpcService: match.grpc?.service ?? "",
      grpcMethod: match.grpc?.method ?? "",
      weights: Object.fromEntries(backends.map((backend) => [keyOf.get(identity(backend)) ?? "", String(backend.weight)])),
    })),
    health: toHealthDraft(healthCheck),
    access: access.type,
    callers: access.type === "callers" ? access.callers.map(fromCaller) : [newCaller(base.team)],
    policy: access.type === "policy" ? access.policy : "",
    accessLogs: spec.accessLogs?.destinationArn ?? "",
    visibility: spec.visibility,
    description: spec.description ?? "",
  };
}

function toHealthDraft(check: RouteHealthCheck): HealthDraft {
  return {
    enabled: check.enabled,
    path: check.path,
    intervalSeconds: String(check.intervalSeconds),
    timeoutSeconds: String(check.timeoutSeconds),
    healthyThreshold: String(check.healthyThreshold),
    unhealthyThreshold: String(check.unhealthyThreshold),
    statusMatch: check.statusMatch,
    port: check.port === undefined ? "" : String(check.port),
  };
}

/** The check with the defaults of another protocol, wherever it still has those of this one: what was typed is kept. */
export function healthForProtocol(
  { health, protocol }: Pick<RouteDraft, "health" | "protocol">,
  next: RouteDraft["protocol"],
): HealthDraft {
  const before = toHealthDraft(healthCheckDefaults(protocol));
  const after = toHealthDraft(healthCheckDefaults(next));
  const pick = <Field extends keyof HealthDraft>(field: Field): HealthDraft[Field] =>
    health[field] === before[field] ? after[field] : health[field];
  return {
    enabled: pick("enabled"),
    path: pick("path"),
    intervalSeconds: pick("intervalSeconds"),
    timeoutSeconds: pick("timeoutSeconds"),
    healthyThreshold: pick("healthyThreshold"),
    unhealthyThreshold: pick("unhealthyThreshold"),
    statusMatch: pick("statusMatch"),
    port: pick("port"),
  };
}

function sidesOfSpec({ rules }: RouteSpec): readonly SideDraft[] {
  const sides = new Map<string, SideDraft>();
  for (const { cluster, namespace, kubeService, port } of rules.flatMap(({ backends }) => backends)) {
    const side = { key: crypto.randomUUID(), cluster, namespace, kubeService, port: String(port) };
    const id = identity(side);
    if (!sides.has(id)) sides.set(id, side);
  }
  return [...sides.values()];
}

function identity(side: {
  readonly cluster: string;
  readonly namespace: string;
  readonly kubeService: string;
  readonly port: number | string;
}): string {
  return `${side.cluster} ${side.namespace} ${side.kubeService} ${side.port}`;
}
