import { z } from "zod";
import { Message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { RouteRef, RouteSpec } from "../../domain/routes/route-input.ts";
import { query } from "../query.ts";
import { ownRouteScope } from "./find-route.ts";
import { readLiveRoute, specOf } from "./read-live-route.ts";

/** What a route's live objects say as a spec: what a change starts from. `unread` names what could not be read; nothing is guessed. */
export const getRouteSpec = query({
  name: "route.spec",
  input: RouteRef,
  output: z.strictObject({ spec: z.nullable(RouteSpec), unread: z.array(Message) }),
  permission: "route.read",
  scope: ownRouteScope,
  run: async (input, ctx) => {
    const live = await readLiveRoute(ctx, input);
    if (live.route === null) throw new PortalError("NOT_FOUND", "notFound");
    const { spec, unread } = specOf(ctx, live);
    return { spec, unread: [...unread] };
  },
});
