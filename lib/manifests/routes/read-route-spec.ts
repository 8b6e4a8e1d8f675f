import { type Message, message } from "../../domain/message.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { healthCheckDefaults } from "../../domain/routes/health-check-defaults.ts";
import {
  RouteAccess,
  type RouteBackend,
  RouteHealthCheck,
  type RouteProtocol,
  type RouteRule,
  RouteSpec,
} from "../../domain/routes/route-input.ts";
import { DESCRIPTION, VISIBILITY } from "../keys.ts";
import { countAt, listAt, recordAt, textAt, textsAt, valueAt } from "../safe-read.ts";
import { readGrpcMatch, readHttpMatch } from "./read-route-match.ts";
import { CALLERS, EXPORT_NAME, IMPORT_CLUSTER, IMPORT_VPC, SERVICE_NAME_OVERRIDE } from "./route-keys.ts";

/** The live objects of one route. `healthPolicies` are the TargetGroupPolicies that the provider clusters answered with. */
export type RouteObjectsToRead = {
  readonly route: KubeObject;
  readonly imports: readonly KubeObject[];
  readonly policy: KubeObject | null;
  readonly accessLog: KubeObject | null;
  readonly healthPolicies: readonly KubeObject[];
  /** `team-<team>/<cluster>` of a controller's CLUSTER_NAME; null when no tenant cluster has it. */
  readonly clusterOf: (eksName: string) => string | null;
};

/** `unread` names what the live objects say and a spec cannot, or what could not be found: nothing of it is guessed in silence. */
export type ReadRouteSpec = { readonly spec: RouteSpec | null; readonly unread: readonly Message[] };

const PROTOCOLS: Readonly<Record<string, RouteProtocol>> = { HTTPRoute: "http", GRPCRoute: "grpc", TLSRoute: "tls" };
/** Fields of a rule that no spec can say (lattice.md §1.4). */
const FOREIGN = ["filters", "timeouts", "retry", "sessionPersistence"] as const;

/** The spec that a change request starts from, read back from the live objects: the reverse of `buildRouteObjects`. Null when not even a form could show it. */
export function readRouteSpec(objects: RouteObjectsToRead): ReadRouteSpec {
  const { route } = objects;
  const unread: Message[] = [];
  const protocol = PROTOCOLS[route.kind] ?? "http";
  const [parent] = listAt(route, "spec", "parentRefs");
  const [hostname] = textsAt(route, "spec", "hostnames");
  const annotations = recordAt(route, "metadata", "annotations");
  const serviceName = textAt(annotations, SERVICE_NAME_OVERRIDE);
  const description = textAt(annotations, DESCRIPTION);
  const destinationArn = textAt(objects.accessLog, "spec", "destinationArn");
  const parsed = RouteSpec.safeParse({
    network: textAt(parent, "name"),
    protocol,
    listener: textAt(parent, "sectionName"),
    ...(hostname === undefined ? {} : { hostname }),
    ...(serviceName === null ? {} : { serviceName }),
    rules: readRules(objects, protocol, unread),
    healthCheck: readHealthCheck(objects, protocol, unread),
    access: readAccess(objects, unread),
    ...(destinationArn === null ? {} : { accessLogs: { destinationArn } }),
    visibility: textAt(annotations, VISIBILITY) === "organisation" ? "organisation" : "team",
    ...(description === null ? {} : { description }),
  });
  if (parsed.success) return { spec: parsed.data, unread };
  return { spec: null, unread: [...unread, message("routes.unread.spec", { fields: fieldsOf(parsed.error.issues) })] };
}

function fieldsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): string {
  return [...new Set(issues.map(({ path }) => String(path[0] ?? "spec")))].join(", ");
}

function readRules(objects: RouteObjectsToRead, protocol: RouteProtocol, unread: Message[]): readonly RouteRule[] {
  return listAt(objects.route, "spec", "rules").flatMap((rule, index) => {
    const n = index + 1;
    const { match, unsupported } =
      protocol === "http" ? readHttpMatch(rule) : protocol === "grpc" ? readGrpcMatch(rule) : { match: { headers: [] }, unsupported: [] };
    const foreign = [...unsupported, ...FOREIGN.filter((field) => valueAt(rule, field) !== undefined)];
    if (foreign.length > 0) unread.push(message("routes.unread.fields", { rule: n, fields: foreign.join(", ") }));
    const backends = listAt(rule, "backendRefs").flatMap((ref) => {
      const backend = readBackend(objects, ref);
      if (backend === null) unread.push(message("routes.unread.backend", { rule: n, name: textAt(ref, "name") ?? "–" }));
      return backend ?? [];
    });
    const isAny = match.path?.type === "prefix" && match.path.value === "/";
    const { path: _path, ...rest } = match;
    return backends.length === 0 ? [] : [{ match: isAny ? rest : match, backends }];
  });
}

/** What a backendRef leads to, by the pins of its import; null when the import, its cluster or its port is not to be found. */
function readBackend({ imports, clusterOf, route }: RouteObjectsToRead, ref: unknown): RouteBackend | null {
  const namespace = textAt(ref, "namespace") ?? route.metadata.namespace;
  const found = imports.find(({ metadata }) => metadata.name === textAt(ref, "name") && metadata.namespace === namespace);
  const pins = recordAt(found, "metadata", "annotations");
  const eksName = textAt(pins, IMPORT_CLUSTER);
  const kubeService = textAt(pins, EXPORT_NAME);
  const cluster = eksName === null || textAt(pins, IMPORT_VPC) === null ? null : clusterOf(eksName);
  const port = countAt(listAt(found, "spec", "ports")[0], "port");
  if (namespace === undefined || cluster === null || kubeService === null || port === null) return null;
  return { cluster, namespace, kubeService, port, weight: countAt(ref, "weight") ?? 1 };
}

function readHealthCheck({ healthPolicies }: RouteObjectsToRead, protocol: RouteProtocol, unread: Message[]): RouteHealthCheck {
  const read = healthPolicies.flatMap((policy) => {
    const check = recordAt(policy, "spec", "healthCheck");
    const port = countAt(check, "port");
    const parsed = RouteHealthCheck.safeParse({
      enabled: check["enabled"],
      path: check["path"],
      intervalSeconds: check["intervalSeconds"],
      timeoutSeconds: check["timeoutSeconds"],
      healthyThreshold: check["healthyThresholdCount"],
      unhealthyThreshold: check["unhealthyThresholdCount"],
      statusMatch: check["statusMatch"],
      ...(port === null ? {} : { port }),
    });
    return parsed.success ? [parsed.data] : [];
  });
  const [first] = read;
  if (first === undefined) unread.push(message("routes.unread.healthCheck"));
  if (new Set(read.map((check) => JSON.stringify(check))).size > 1) unread.push(message("routes.unread.healthChecksDiffer"));
  return first ?? healthCheckDefaults(protocol);
}

// Longer than what safe-read keeps of a text, and bounded by the schema itself.
function readAccess({ route, policy }: RouteObjectsToRead, unread: Message[]): RouteAccess {
  const text = valueAt(policy, "spec", "policy");
  const callers = readCallers(valueAt(route, "metadata", "annotations", CALLERS));
  if (callers !== null) {
    if (policy === null) unread.push(message("routes.unread.policyGone"));
    return callers;
  }
  if (policy === null) return { type: "network" };
  const access = RouteAccess.safeParse({ type: "policy", policy: text });
  if (access.success) return access.data;
  unread.push(message("routes.unread.policy"));
  return { type: "network" };
}

function readCallers(text: unknown): RouteAccess | null {
  if (typeof text !== "string") return null;
  try {
    const callers: unknown = JSON.parse(text);
    return RouteAccess.safeParse({ type: "callers", callers }).data ?? null;
  } catch {
    // Somebody else's text in our annotation: the policy itself is shown instead.
    return null;
  }
}
