import type { KubeObject } from "../../domain/requests/plan.ts";
import type { RouteBackend } from "../../domain/routes/route-input.ts";
import { GATEWAY_API, groupOf, LATTICE_API } from "../api-groups.ts";
import { importNameIn, metadataOf, type RouteToBuild, routeKindOf } from "./route-to-build.ts";

/**
 * `ReferenceGrant` (Gateway API v1): routes of exactly this team's namespace may name exactly this import. The controller does not enforce it
 * (lattice.md §0 fact 9); the admission policy does.
 */
export function buildReferenceGrant(route: RouteToBuild, backend: RouteBackend): KubeObject {
  const name = importNameIn(route, backend);
  return {
    apiVersion: GATEWAY_API,
    kind: "ReferenceGrant",
    metadata: metadataOf(route, { namespace: backend.namespace, name }),
    spec: {
      from: [{ group: groupOf(GATEWAY_API), kind: routeKindOf(route.spec.protocol), namespace: route.namespace }],
      to: [{ group: groupOf(LATTICE_API), kind: "ServiceImport", name }],
    },
  };
}
