import { z } from "zod";
import { teamOfNamespace } from "../../domain/clusters/eks-name.ts";
import type { ObservedRoute, RouteKind, RouteObjectBackend, RouteObjectRule, RouteParent } from "../../domain/routes/observed-route.ts";
import { RouteCaller } from "../../domain/routes/route-input.ts";
import { readConditions, readObject, type Seen } from "../clusters/read-object.ts";
import { DESCRIPTION, MANAGED_BY, REQUEST, TRELLIS, VISIBILITY } from "../keys.ts";
import { countAt, listAt, recordAt, textAt, textsAt, valueAt } from "../safe-read.ts";
import { readGrpcMatch, readHttpMatch } from "./read-route-match.ts";
import { ASSIGNED_DOMAIN, CALLERS, SERVICE_ARN, SERVICE_NAME_OVERRIDE } from "./route-keys.ts";

/** What a route object says by itself; its surroundings and Lattice are joined by lib/read-models/routes. */
export type RouteObject = Omit<
  ObservedRoute,
  | "managementCluster"
  | "generationSeenAt"
  | "gateway"
  | "imports"
  | "grantedNamespaces"
  | "policy"
  | "accessLog"
  | "providers"
  | "lattice"
  | "events"
  | "consumers"
  | "freshAt"
> & {
  /** From our own annotation; empty when it is absent or not ours. */
  readonly callers: readonly RouteCaller[];
};

const MAX_RULES = 64;
const MAX_CALLERS_TEXT = 64_000;
const LATTICE_MAX_WEIGHT = 999;
/** Fields of a rule that the controller never reads: no error, no condition (lattice.md §1.4). */
const IGNORED = ["filters", "timeouts", "retry", "sessionPersistence"] as const;

/** HTTPRoute, GRPCRoute or TLSRoute → the object part of a route (gateway.networking.k8s.io/v1). Reads hostile objects too: never throws. */
export function readRoute(kind: RouteKind, seen: Seen): RouteObject {
  const { object } = seen;
  const own = readObject(seen);
  const namespace = object.metadata.namespace ?? "";
  const team = teamOfNamespace(namespace);
  const parents = readParents(object, namespace);
  const [parent] = parents;
  return {
    ...own,
    namespace,
    name: object.metadata.name,
    kind,
    team,
    managed: team !== null && own.labels[MANAGED_BY] === TRELLIS,
    visibility: (own.annotations[VISIBILITY] ?? own.labels[VISIBILITY]) === "organisation" ? "organisation" : "team",
    description: own.annotations[DESCRIPTION] ?? null,
    request: own.annotations[REQUEST] ?? null,
    generation: countAt(object, "metadata", "generation") ?? 0,
    network: parent?.gateway.name ?? null,
    listener: parent?.sectionName ?? null,
    hostnames: textsAt(object, "spec", "hostnames").slice(0, 16),
    serviceName: own.annotations[SERVICE_NAME_OVERRIDE] ?? derivedServiceName(namespace, object.metadata.name),
    rules: listAt(object, "spec", "rules")
      .slice(0, MAX_RULES)
      .map((rule) => readRule(kind, rule, namespace)),
    parents,
    annotatedDomain: own.annotations[ASSIGNED_DOMAIN] ?? null,
    annotatedArn: own.annotations[SERVICE_ARN] ?? null,
    callers: readCallers(valueAt(object, "metadata", "annotations", CALLERS)),
  };
}

/** `<route, first 20>-<namespace, first 18>`, hyphens trimmed at the cuts (lattice.md §1.4). */
function derivedServiceName(namespace: string, name: string): string {
  const cut = (text: string, length: number) => text.slice(0, length).replace(/^-+|-+$/g, "");
  return `${cut(name, 20)}-${cut(namespace, 18)}`;
}

function readRule(kind: RouteKind, rule: unknown, namespace: string): RouteObjectRule {
  const { match, unsupported } =
    kind === "HTTPRoute" ? readHttpMatch(rule) : kind === "GRPCRoute" ? readGrpcMatch(rule) : { match: { headers: [] }, unsupported: [] };
  const refs = listAt(rule, "backendRefs");
  return {
    match,
    backends: refs.slice(0, MAX_RULES).flatMap((ref) => readBackend(ref, namespace)),
    unsupported: [
      ...unsupported,
      ...IGNORED.filter((field) => isSet(valueAt(rule, field))),
      ...(refs.some((ref) => isSet(valueAt(ref, "filters"))) ? ["backendRefs.filters"] : []),
      ...(refs.some((ref) => (countAt(ref, "weight") ?? 1) > LATTICE_MAX_WEIGHT) ? ["backendRefs.weight"] : []),
    ],
  };
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

/** `kind` and `namespace` have Gateway API's defaults: a Service of the route's own namespace. */
function readBackend(ref: unknown, namespace: string): RouteObjectBackend[] {
  const name = textAt(ref, "name");
  if (name === null) return [];
  return [
    {
      kind: textAt(ref, "kind") ?? "Service",
      namespace: textAt(ref, "namespace") ?? namespace,
      name,
      weight: countAt(ref, "weight") ?? 1,
    },
  ];
}

/** The Gateways a route names, each with what the controller said of it there; parents of other kinds (a mesh's Service) are not ours. */
function readParents(object: unknown, namespace: string): readonly RouteParent[] {
  const statuses = listAt(object, "status", "parents").map((status) => ({
    ref: parentOf(recordAt(status, "parentRef"), namespace),
    conditions: readConditions({ status }),
    observedGeneration: observedGenerationOf(status),
  }));
  return listAt(object, "spec", "parentRefs")
    .slice(0, 32)
    .flatMap((ref) => {
      const kind = textAt(ref, "kind") ?? "Gateway";
      const parent = parentOf(ref, namespace);
      if (kind !== "Gateway" || parent === null) return [];
      const said = statuses.find((status) => status.ref !== null && sameParent(status.ref, parent));
      return [
        {
          gateway: parent.gateway,
          sectionName: parent.sectionName,
          conditions: said?.conditions ?? null,
          observedGeneration: said?.observedGeneration ?? null,
        },
      ];
    });
}

type Parent = Pick<RouteParent, "gateway" | "sectionName">;

function parentOf(ref: unknown, namespace: string): Parent | null {
  const name = textAt(ref, "name");
  if (name === null) return null;
  return { gateway: { namespace: textAt(ref, "namespace") ?? namespace, name }, sectionName: textAt(ref, "sectionName") };
}

function sameParent(one: Parent, other: Parent): boolean {
  return (
    one.gateway.name === other.gateway.name && one.gateway.namespace === other.gateway.namespace && one.sectionName === other.sectionName
  );
}

/** The oldest generation that any condition of a parent speaks of. */
function observedGenerationOf(status: unknown): number | null {
  const seen = listAt(status, "conditions").flatMap((condition) => countAt(condition, "observedGeneration") ?? []);
  return seen.length === 0 ? null : Math.min(...seen);
}

const Callers = z.array(RouteCaller).max(50);

function readCallers(text: unknown): readonly RouteCaller[] {
  if (typeof text !== "string" || text.length > MAX_CALLERS_TEXT) return [];
  try {
    return Callers.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    // Somebody else's text in our annotation says nothing about callers.
    return [];
  }
}
