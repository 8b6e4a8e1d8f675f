import type { RouteState } from "../../lib/domain/routes/route-view.ts";
import { listFilters } from "../ui/list-filter.ts";

/** The saved views of the list: a chip each, a set of states each; no state means all of them. */
const ROUTE_VIEWS = {
  all: [],
  attention: ["failed", "missing", "down", "misconfigured", "unattached", "degraded", "unchecked", "unknown"],
  requested: ["requested"],
  changing: ["provisioning", "deleting"],
  ok: ["ok"],
} as const satisfies Record<string, readonly RouteState[]>;

export const routeFilters = listFilters(ROUTE_VIEWS, "all", ["urgency", "name", "network", "since"]);
export type RouteListFilter = ReturnType<typeof routeFilters.read>;

/** The states that a filter asks for, as the query takes them. */
export function routeStates({ view }: Pick<RouteListFilter, "view">): readonly RouteState[] {
  return ROUTE_VIEWS[view];
}
