import type { Watched } from "../../adapters/kubernetes/port.ts";
import { type ObservedRoute, ROUTE_KINDS, type RouteKind } from "../../domain/routes/observed-route.ts";
import type { RouteCaller } from "../../domain/routes/route-input.ts";
import { readAccessLogPolicy } from "../../manifests/routes/read-access-log-policy.ts";
import { readAuthPolicy } from "../../manifests/routes/read-auth-policy.ts";
import { readGateway } from "../../manifests/routes/read-gateway.ts";
import { LATTICE_CONTROLLER, readGatewayClass } from "../../manifests/routes/read-gateway-class.ts";
import type { PolicyTarget } from "../../manifests/routes/read-policy-target.ts";
import { type RouteObject, readRoute } from "../../manifests/routes/read-route.ts";
import { readServiceImport } from "../../manifests/routes/read-service-import.ts";
import { type GrantIndex, grantTargets } from "./grant-index.ts";
import type { RouteCaches } from "./route-caches.ts";

/** A route as the watch caches of its management cluster say it; Lattice, provider clusters and consumers are joined when somebody asks. */
export type RouteBase = Omit<ObservedRoute, "lattice" | "providers" | "consumers" | "events" | "freshAt"> & {
  readonly callers: readonly RouteCaller[];
};

export type BaseRead = {
  readonly base: RouteBase;
  /** Its Gateway is another controller's: no route of ours. */
  readonly isForeign: boolean;
  /** What it was read through, also what led nowhere: a later event there touches this route. */
  readonly links: readonly string[];
};

type Reading = {
  readonly managementCluster: string;
  readonly caches: RouteCaches;
  readonly policyKeys: ReadonlySet<string>;
  readonly logKeys: ReadonlySet<string>;
  readonly grants: GrantIndex;
  readonly generationSeenAt: (uid: string, generation: number) => Date | null;
};

/** The kind under which a route of this name is there; of two kinds with one name the first counts. */
export function findRouteObject(caches: RouteCaches, key: string): { readonly kind: RouteKind; readonly watched: Watched } | null {
  for (const kind of ROUTE_KINDS) {
    const watched = caches[kind].get(key);
    if (watched !== undefined) return { kind, watched };
  }
  return null;
}

export function readRouteBase(kind: RouteKind, watched: Watched, reading: Reading): BaseRead {
  const { caches } = reading;
  const route = readRoute(kind, watched);
  const links: string[] = [];
  const [parent] = route.parents;
  const gatewayKey = parent === undefined ? null : `${parent.gateway.namespace}/${parent.gateway.name}`;
  if (gatewayKey !== null) links.push(`Gateway/${gatewayKey}`);
  const seenGateway = gatewayKey === null ? undefined : caches.Gateway.get(gatewayKey);
  const gateway = seenGateway === undefined ? null : readGateway(seenGateway);
  const wanted = distinctImports(route);
  const imports = wanted.flatMap(({ namespace, name }) => {
    links.push(`ServiceImport/${namespace}/${name}`);
    const seen = caches.ServiceImport.get(`${namespace}/${name}`);
    return seen === undefined ? [] : [readServiceImport(seen)];
  });
  // Every import the route uses in another namespace must be granted to its kind and namespace.
  const elsewhere = wanted.filter(({ namespace }) => namespace !== route.namespace);
  for (const target of new Set(elsewhere.flatMap(grantTargets))) links.push(`ReferenceGrant/${target}`);
  const refused = new Set(elsewhere.filter((one) => !reading.grants.isGranted(route, one)).map(({ namespace }) => namespace));
  return {
    base: {
      ...route,
      managementCluster: reading.managementCluster,
      generationSeenAt: reading.generationSeenAt(route.uid, route.generation) ?? route.observedAt,
      gateway,
      imports,
      grantedNamespaces: [...new Set(elsewhere.map(({ namespace }) => namespace))].filter((namespace) => !refused.has(namespace)),
      policy: oldestFor(route, reading.policyKeys, (key) => {
        const seen = caches.IAMAuthPolicy.get(key);
        return seen === undefined ? null : readAuthPolicy(seen);
      }),
      accessLog: oldestFor(route, reading.logKeys, (key) => {
        const seen = caches.AccessLogPolicy.get(key);
        return seen === undefined ? null : readAccessLogPolicy(seen);
      }),
    },
    isForeign: gateway !== null && isForeignClass(caches, gateway.className),
    links,
  };
}

type Named = { readonly namespace: string; readonly name: string };

function distinctImports({ rules }: RouteObject): readonly Named[] {
  const found = new Map<string, Named>();
  for (const { kind, namespace, name } of rules.flatMap(({ backends }) => backends))
    if (kind === "ServiceImport") found.set(`${namespace}/${name}`, { namespace, name });
  return [...found.values()];
}

function isForeignClass(caches: RouteCaches, className: string): boolean {
  const seen = caches.GatewayClass.get(className);
  return seen !== undefined && readGatewayClass(seen).controllerName !== LATTICE_CONTROLLER;
}

type Policy = { readonly target: PolicyTarget | null; readonly createdAt: Date | null };

/** One policy per target: the oldest wins, later ones are refused by the controller (lattice.md §1.11). */
function oldestFor<Found extends Policy>(
  route: RouteObject,
  keys: ReadonlySet<string>,
  read: (key: string) => Found | null,
): Omit<Found, "target"> | null {
  const found = [...keys].sort().flatMap((key) => {
    const policy = read(key);
    return policy !== null && policy.target?.kind === route.kind ? [policy] : [];
  });
  const [oldest] = found.sort((one, other) => (one.createdAt?.getTime() ?? 0) - (other.createdAt?.getTime() ?? 0));
  if (oldest === undefined) return null;
  const { target: _target, ...policy } = oldest;
  return policy;
}
