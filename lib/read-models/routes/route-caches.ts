import type { ManagementClusterPort, WatchCache, WatchedKind } from "../../adapters/kubernetes/port.ts";
import { ROUTE_KINDS, type RouteKind } from "../../domain/routes/observed-route.ts";

/** The kinds a route is read from. */
export const ROUTE_WATCHES = [
  ...ROUTE_KINDS,
  "GatewayClass",
  "Gateway",
  "ServiceImport",
  "IAMAuthPolicy",
  "AccessLogPolicy",
  "ReferenceGrant",
  "Event",
] as const satisfies readonly WatchedKind[];
export type RouteWatch = (typeof ROUTE_WATCHES)[number];
export type RouteCaches = Readonly<Record<RouteWatch, WatchCache>>;

export function routeCachesOf(port: ManagementClusterPort): RouteCaches {
  return {
    HTTPRoute: port.watch("HTTPRoute"),
    GRPCRoute: port.watch("GRPCRoute"),
    TLSRoute: port.watch("TLSRoute"),
    GatewayClass: port.watch("GatewayClass"),
    Gateway: port.watch("Gateway"),
    ServiceImport: port.watch("ServiceImport"),
    IAMAuthPolicy: port.watch("IAMAuthPolicy"),
    AccessLogPolicy: port.watch("AccessLogPolicy"),
    ReferenceGrant: port.watch("ReferenceGrant"),
    Event: port.watch("Event"),
  };
}

/** The oldest proof of completeness over the kinds that decide what a route of this kind is; Events never do. Null while one was never listed. */
export function routeFreshAt(caches: RouteCaches, kind: RouteKind): Date | null {
  const deciding = [caches[kind], caches.Gateway, caches.ServiceImport, caches.IAMAuthPolicy];
  const times = deciding.map((cache) => cache.health().freshAt?.getTime() ?? null);
  return times.some((time) => time === null) ? null : new Date(Math.min(...times.map(Number)));
}
