import { message } from "../../domain/message.ts";
import type { RouteRowView } from "../../domain/routes/route-view.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds, type Scope } from "../../domain/tenancy/permissions.ts";
import { teamOfRoute } from "./route-target.ts";

/** The owner of a namespace as a scope; outside team namespaces that is nobody's team, so platform admins only. */
export function routeScope(namespace: string): Scope & { readonly type: "team" } {
  return { type: "team", teamId: teamOfRoute(namespace) };
}

/** Everything of a route: its team and platform admins. */
export function canReadRoute(actor: Actor, namespace: string): boolean {
  return holds(actor, "route.read", routeScope(namespace));
}

type Visible = { readonly namespace: string; readonly managed: boolean; readonly visibility: "team" | "organisation" };

/** At least what product.md §2 names of a route that is visible to the organisation. */
export function canSeeRoute(actor: Actor, route: Visible): boolean {
  if (canReadRoute(actor, route.namespace)) return true;
  return route.managed && route.visibility === "organisation" && holds(actor, "route.readLimited", routeScope(route.namespace));
}

/** The row as the actor may see it; null when she may not know that the route is there. */
export function routeRowFor(actor: Actor, row: RouteRowView): RouteRowView | null {
  if (canReadRoute(actor, row.namespace)) return row;
  return canSeeRoute(actor, row) ? limitRouteRow(row) : null;
}

/** Health in one word; no parts, targets, findings or requests. */
export function limitRouteRow(row: RouteRowView): RouteRowView {
  const state = message(`routeStatus.state.${row.state}`);
  return {
    ...row,
    sentence: message("routeStatus.sentence.limited", { state: row.stuck ? message("routeStatus.stuck", { state }) : state }),
    targets: null,
    findings: 0,
    openRequest: null,
  };
}
