import type { ObservedRoute } from "./observed-route.ts";
import { usedBackends } from "./route-facts.ts";
import type { RouteProtocol } from "./route-input.ts";
import { targetsOf } from "./route-verdict.ts";
import type { RouteRowView, RouteStatus } from "./route-view.ts";

/** `managementCluster/namespace/name`: the key of a route in lists, topics and the index. */
export function routeKey(route: { readonly managementCluster: string; readonly namespace: string; readonly name: string }): string {
  return `${route.managementCluster}/${route.namespace}/${route.name}`;
}

const PROTOCOLS = { HTTPRoute: "http", GRPCRoute: "grpc", TLSRoute: "tls" } as const;

export function protocolOf({ kind }: Pick<ObservedRoute, "kind">): RouteProtocol {
  return PROTOCOLS[kind];
}

/** The address that Lattice has now; the annotation may be an older one (lattice.md §10.3). */
export function domainNameOf({ lattice, annotatedDomain }: ObservedRoute): string | null {
  return lattice?.service?.value.domainName ?? (lattice === null ? annotatedDomain : null);
}

/** One row of the list. The open request and `since` are added by the service that reads the database. */
export function toRouteRow(observed: ObservedRoute, status: RouteStatus): RouteRowView {
  const used = usedBackends(observed);
  const isRead = used.some(({ group }) => group?.targets != null);
  return {
    key: routeKey(observed),
    managementCluster: observed.managementCluster,
    namespace: observed.namespace,
    name: observed.name,
    team: observed.team,
    managed: observed.managed,
    visibility: observed.visibility,
    protocol: protocolOf(observed),
    network: observed.network,
    domainName: domainNameOf(observed),
    state: status.state,
    stuck: status.stuck,
    glyph: status.glyph,
    sentence: status.sentence,
    since: status.since,
    evidenceAt: status.evidenceAt,
    targets: isRead ? { ...targetsOf(used) } : null,
    findings: status.findings.filter(({ severity }) => severity !== "info").length,
    openRequest: null,
  };
}
