import { PortalError } from "../../domain/portal-error.ts";
import { RouteView } from "../../domain/routes/route-view.ts";
import { query } from "../query.ts";
import { findRoute, RouteAddress, visibleRouteScope } from "./find-route.ts";
import { toRouteView } from "./to-route-view.ts";

/** Everything of one route, or its limited view for somebody outside the team. `NOT_FOUND` when absent or not hers to see. */
export const getRoute = query({
  name: "route.get",
  input: RouteAddress,
  output: RouteView,
  permission: "route.readLimited",
  scope: visibleRouteScope,
  run: async (input, ctx) => {
    const view = await toRouteView(ctx, await findRoute(input, { tx: ctx.db.read, routes: ctx.routes }));
    if (view === null) throw new PortalError("NOT_FOUND", "notFound");
    return view;
  },
});
