import { PortalError } from "../../domain/portal-error.ts";
import { exportOf, importNameOf } from "../../domain/routes/export-names.ts";
import type { RouteKind } from "../../domain/routes/observed-route.ts";
import type { RouteBackend, RouteProtocol, RouteSpec } from "../../domain/routes/route-input.ts";
import { tagsText } from "../../domain/routes/route-tags.ts";
import { ACCOUNT, MANAGED_BY, ROUTE, TEAM, TRELLIS } from "../keys.ts";

/** A provider cluster: where its objects are applied, and the two names that pin an import to it (lattice.md §1.8). */
export type ProviderToBuild = { readonly destination: string; readonly eksName: string; readonly vpcId: string };

/** Everything the builders need; checked by `checkRoute` before it comes here. */
export type RouteToBuild = {
  readonly team: string;
  readonly namespace: string;
  readonly name: string;
  readonly spec: RouteSpec;
  /** The Lattice service's name: the spec's own, or the one that was allotted. */
  readonly serviceName: string;
  readonly account: string;
  readonly gatewayNamespace: string;
  /** By `team-<team>/<cluster>`: every cluster that a backend names. */
  readonly providers: Readonly<Record<string, ProviderToBuild>>;
  /** By `exportOf`: names of imports that differ from the usual one, because they exist already or the usual one is another export's. */
  readonly importNames?: Readonly<Record<string, string>>;
  /** By `team-<team>/<cluster>`: VPC of every cluster that may call. */
  readonly callerVpcs: Readonly<Record<string, string>>;
  /** AWS partition of the Region; `aws` when absent. */
  readonly partition?: string;
};

const KINDS: Readonly<Record<RouteProtocol, RouteKind>> = { http: "HTTPRoute", grpc: "GRPCRoute", tls: "TLSRoute" };
const ROUTE_TYPES = { http: "HTTP", grpc: "GRPC", tls: "TLS" } as const;

/** The kind of route object for a protocol (lattice.md §1.4 to §1.6). */
export function routeKindOf(protocol: RouteProtocol): RouteKind {
  return KINDS[protocol];
}

/** `routeType` of an exported port (lattice.md §1.7). */
export function routeTypeOf(protocol: RouteProtocol): "HTTP" | "GRPC" | "TLS" {
  return ROUTE_TYPES[protocol];
}

/** Name, namespace, labels and annotations of one object of a route, wherever it stands. */
export function metadataOf(route: RouteToBuild, { namespace, name }: { readonly namespace: string; readonly name: string }) {
  return { name, namespace, labels: { [MANAGED_BY]: TRELLIS, [TEAM]: route.team, [ACCOUNT]: route.account, [ROUTE]: route.name } };
}

/** The name of a backend's ServiceImport. */
export function importNameIn({ importNames }: RouteToBuild, backend: RouteBackend): string {
  return importNames?.[exportOf(backend)] ?? importNameOf(backend);
}

/** The provider of a backend. `PRECONDITION` `routes.providerGone` when its cluster vanished between form and plan. */
export function providerOf({ providers }: RouteToBuild, { cluster }: RouteBackend): ProviderToBuild {
  const provider = providers[cluster];
  if (provider === undefined) throw new PortalError("PRECONDITION", "routes.providerGone", { cluster });
  return provider;
}

/** AWS tags of everything the controllers make for this route. */
export function tagsOf({ team, namespace, name }: RouteToBuild): string {
  return tagsText({ team, route: `${namespace}/${name}` });
}
