import type { KubeObject } from "../../domain/requests/plan.ts";
import { backendsOf } from "../../domain/routes/export-names.ts";
import { buildAccessLogPolicy } from "./build-access-log-policy.ts";
import { buildIamAuthPolicy } from "./build-iam-auth-policy.ts";
import { buildImportNamespace } from "./build-import-namespace.ts";
import { buildReferenceGrant } from "./build-reference-grant.ts";
import { buildRoute } from "./build-route.ts";
import { buildServiceExport } from "./build-service-export.ts";
import { buildServiceImport } from "./build-service-import.ts";
import { buildTargetGroupPolicy } from "./build-target-group-policy.ts";
import { providerOf, type RouteToBuild } from "./route-to-build.ts";

/** All objects of a route. `providers` by cluster; the rest stands on the management cluster. */
export type RouteObjects = {
  readonly providers: readonly { readonly destination: string; readonly objects: readonly KubeObject[] }[];
  /** Namespaces, then grants and imports. */
  readonly imports: readonly KubeObject[];
  readonly policies: readonly KubeObject[];
  readonly route: KubeObject;
  readonly accessLog: KubeObject | null;
};

/**
 * All objects of a route in the order of lattice.md §9.5: each provider's exports with their health policies; then namespaces, grants and imports; the auth policy before
 * the route, so that the service is open for milliseconds only (§10.1.6); the route; its access logs. Same input, same objects.
 */
export function buildRouteObjects(route: RouteToBuild): RouteObjects {
  const backends = backendsOf(route.spec.rules);
  const destinations = [...new Set(backends.map((backend) => providerOf(route, backend).destination))];
  const policy = buildIamAuthPolicy(route);
  return {
    providers: destinations.map((destination) => ({
      destination,
      objects: backends
        .filter((backend) => providerOf(route, backend).destination === destination)
        .flatMap((backend) => [buildServiceExport(route, backend), buildTargetGroupPolicy(route, backend)]),
    })),
    imports: [
      ...[...new Set(backends.map(({ namespace }) => namespace))].map(buildImportNamespace),
      ...backends.flatMap((backend) => [buildReferenceGrant(route, backend), buildServiceImport(route, backend)]),
    ],
    policies: policy === null ? [] : [policy],
    route: buildRoute(route),
    accessLog: buildAccessLogPolicy(route),
  };
}
