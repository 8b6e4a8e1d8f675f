import type { RouteRowView } from "../../domain/routes/route-view.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import type { ForeignService } from "../../domain/topology/directory-foreign.ts";
import { type DirectoryItem, foreignItem, limitDirectoryRow, routeItem } from "../../domain/topology/directory-item.ts";
import type { Context } from "../context.ts";
import { canReadRoute, canSeeRoute } from "../routes/visible-routes.ts";
import { foreignServices, type NamedForeign, type NetworksInUse } from "./foreign-services.ts";
import type { RouteDeliveries } from "./route-deliveries.ts";

type Reads = Pick<Context, "actor" | "routes" | "facts" | "clusters" | "clock">;
/** What stands beside the watches: read once for a whole answer. */
export type DirectoryBeside = { readonly networking: NetworksInUse; readonly deliveries: RouteDeliveries };

/** Rows of the index stay the same objects while nothing they rest on changes, so what was made of one is kept with it. */
const made = new WeakMap<RouteRowView, DirectoryItem>();

/** Every service the actor may see: routes and what Kubernetes does not own. */
export function directoryItems(reads: Reads, beside: DirectoryBeside): readonly DirectoryItem[] {
  return [
    ...[...reads.routes.keys()].flatMap((key) => visibleRouteItem(reads, beside, key) ?? []),
    ...visibleForeign(reads, beside.networking).map((one) => foreignItem(one.service, { name: one.name, now: reads.clock.now() })),
  ];
}

/** The service of a route as the actor may see it; null when she may not know that it is there. */
export function visibleRouteItem(reads: Reads, { networking, deliveries }: DirectoryBeside, key: string): DirectoryItem | null {
  const row = reads.routes.row(key, reads.clock.now());
  if (row === undefined || !canSeeRoute(reads.actor, row)) return null;
  const item = anyRouteItem(reads, networking, key);
  if (item === null) return null;
  const changedAt = deliveries.get(key)?.toISOString() ?? item.row.changedAt;
  const whole = { ...item.row, changedAt };
  return { ...item, row: canReadRoute(reads.actor, row.namespace) ? whole : limitDirectoryRow(whole) };
}

function anyRouteItem({ routes, clock }: Reads, { config }: NetworksInUse, key: string): DirectoryItem | null {
  const row = routes.row(key, clock.now());
  if (row === undefined) return null;
  const known = made.get(row);
  if (known !== undefined) return known;
  const observed = routes.get(key);
  if (observed === undefined) return null;
  const item = routeItem(
    observed,
    row,
    config.serviceNetworks.find(({ name }) => name === observed.network),
  );
  made.set(row, item);
  return item;
}

/** Services that no route owns, of those the actor may see. */
export function visibleForeign(reads: Reads, networking: NetworksInUse): readonly NamedForeign[] {
  if (!mayUseNetworks(reads.actor, networking)) return [];
  const owned = new Set([...reads.routes.keys()].flatMap((key) => anyRouteItem(reads, networking, key)?.arn ?? []));
  return foreignServices(reads, networking, owned).filter(({ service }) => canSeeForeign(reads.actor, service));
}

/** Platform admins, and members of teams that publish to or call through one of its networks. */
export function canSeeForeign(actor: Actor, { networks }: ForeignService): boolean {
  return isPlatform(actor) || networks.some(({ publishers, callers }) => isMember(actor, [...publishers, ...callers]));
}

export function isPlatform(actor: Actor): boolean {
  return holds(actor, "network.read", { type: "installation" });
}

/** Spares the walk over every service for somebody who could see none of them. */
function mayUseNetworks(actor: Actor, { config }: NetworksInUse): boolean {
  return isPlatform(actor) || config.serviceNetworks.some(({ publishers, callers }) => isMember(actor, [...publishers, ...callers]));
}

function isMember(actor: Actor, teams: readonly string[]): boolean {
  return actor.type === "person" && actor.memberships.some(({ teamId }) => teams.includes(teamId));
}
