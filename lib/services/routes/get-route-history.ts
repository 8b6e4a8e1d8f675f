import { z } from "zod";
import { Message } from "../../domain/message.ts";
import { targetKey } from "../../domain/requests/request.ts";
import { ROUTE_OBJECT } from "../clusters/transition-key.ts";
import { query } from "../query.ts";
import { ownRouteScope, RouteAddress } from "./find-route.ts";

const LIMIT = 100;

/** How the route's state changed, newest first, with the times at which we saw it; over all its lives under this name. */
export const getRouteHistory = query({
  name: "route.history",
  input: RouteAddress,
  output: z.strictObject({
    items: z.array(z.strictObject({ from: z.nullable(z.string()), to: z.string(), at: z.iso.datetime(), sentence: z.nullable(Message) })),
    nextCursor: z.null(),
  }),
  permission: "route.read",
  scope: ownRouteScope,
  run: async ({ namespace, name }, ctx) => {
    const managementCluster = ctx.routes.find(namespace, name)?.managementCluster ?? ctx.kube.ids()[0] ?? "";
    const records = await ctx.db.read.transitions.list(ROUTE_OBJECT, targetKey({ managementCluster, namespace, name }), LIMIT);
    return {
      items: records.map(({ from, to, at, sentence }) => ({
        from,
        to,
        at: at.toISOString(),
        sentence: Message.safeParse(sentence).data ?? null,
      })),
      nextCursor: null,
    };
  },
});
