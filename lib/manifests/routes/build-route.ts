import type { JsonObject } from "../../domain/json.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import type { RouteMatch, RouteRule } from "../../domain/routes/route-input.ts";
import { GATEWAY_API, groupOf, LATTICE_API } from "../api-groups.ts";
import { DESCRIPTION, VISIBILITY } from "../keys.ts";
import { CALLERS, LATTICE_TAGS_ANNOTATION, SERVICE_NAME_OVERRIDE } from "./route-keys.ts";
import { importNameIn, metadataOf, type RouteToBuild, routeKindOf, tagsOf } from "./route-to-build.ts";

/**
 * `HTTPRoute`, `GRPCRoute` or `TLSRoute` (Gateway API v1) in the team's namespace (lattice.md §1.4 to §1.6, §9.3). The parent always with its namespace and listener
 * (§1.3), backends always with group and namespace (§1.8); fields that the API server would fill in are said, so that what we own is what we sent.
 */
export function buildRoute(route: RouteToBuild): KubeObject {
  const { spec, namespace, name } = route;
  return {
    apiVersion: GATEWAY_API,
    kind: routeKindOf(spec.protocol),
    metadata: { ...metadataOf(route, { namespace, name }), annotations: annotationsOf(route) },
    spec: {
      parentRefs: [
        { group: groupOf(GATEWAY_API), kind: "Gateway", namespace: route.gatewayNamespace, name: spec.network, sectionName: spec.listener },
      ],
      ...(spec.hostname === undefined ? {} : { hostnames: [spec.hostname] }),
      rules: spec.rules.map((rule) => ({ ...matchesOf(route, rule.match), backendRefs: backendRefsOf(route, rule) })),
    },
  };
}

function annotationsOf(route: RouteToBuild): JsonObject {
  const { access, description, visibility } = route.spec;
  return {
    [SERVICE_NAME_OVERRIDE]: route.serviceName,
    [LATTICE_TAGS_ANNOTATION]: tagsOf(route),
    [VISIBILITY]: visibility,
    ...(description === undefined ? {} : { [DESCRIPTION]: description }),
    ...(access.type === "callers" ? { [CALLERS]: canonicalJson(access.callers) } : {}),
  };
}

function backendRefsOf(route: RouteToBuild, { backends }: RouteRule): readonly JsonObject[] {
  return backends.map((backend) => ({
    group: groupOf(LATTICE_API),
    kind: "ServiceImport",
    namespace: backend.namespace,
    name: importNameIn(route, backend),
    weight: backend.weight,
  }));
}

/** At most one match for each rule. An HTTPRoute's default is said; a gRPC rule without one takes every call; a TLSRoute has none. */
function matchesOf({ spec: { protocol } }: RouteToBuild, match: RouteMatch): JsonObject {
  if (protocol === "tls") return {};
  const headers = match.headers.length === 0 ? {} : { headers: match.headers.map(({ name, value }) => ({ type: "Exact", name, value })) };
  if (protocol === "grpc") {
    const method = match.grpc === undefined ? {} : { method: { type: "Exact", ...match.grpc } };
    return match.grpc === undefined && match.headers.length === 0 ? {} : { matches: [{ ...method, ...headers }] };
  }
  const path = match.path ?? { type: "prefix", value: "/" };
  return {
    matches: [
      {
        path: { type: path.type === "exact" ? "Exact" : "PathPrefix", value: path.value },
        ...(match.method === undefined ? {} : { method: match.method }),
        ...headers,
      },
    ],
  };
}
