import type { RouteRowView } from "../../domain/routes/route-view.ts";
import type { Context } from "../context.ts";
import type { OpenRouteRequests } from "./open-route-requests.ts";
import { requestedRouteRow } from "./requested-route-row.ts";
import { type RouteSince, sinceOf } from "./route-since.ts";
import { routeRowFor } from "./visible-routes.ts";

type Reads = Pick<Context, "actor" | "routes" | "clock">;
type Beside = { readonly open: OpenRouteRequests; readonly since: RouteSince };

/** The row of one key as the actor may see it: the observed route, or the open request to create it; null when there is neither for her. */
export function routeRow(ctx: Reads, { open, since }: Beside, key: string, now = ctx.clock.now()): RouteRowView | null {
  const observed = ctx.routes.row(key, now);
  const create = open.create.get(key);
  if (observed === undefined) return create === undefined ? null : routeRowFor(ctx.actor, requestedRouteRow(create));
  const request = open.delete.get(key) ?? open.change.get(key) ?? create;
  return routeRowFor(ctx.actor, { ...observed, since: sinceOf(since, observed), openRequest: request?.id ?? null });
}

/** Every row the actor may see: observed routes and open create requests in one list. */
export function routeRows(ctx: Reads, beside: Beside): readonly RouteRowView[] {
  const keys = new Set(ctx.routes.keys());
  for (const key of beside.open.create.keys()) keys.add(key);
  const now = ctx.clock.now();
  return [...keys].flatMap((key) => routeRow(ctx, beside, key, now) ?? []);
}
