import { z } from "zod";
import { targetKey } from "../../domain/requests/request.ts";
import type { Context } from "../context.ts";
import { pushInOrder } from "../requests/push-in-order.ts";
import { requestsInAudit } from "../requests/requests-in-audit.ts";
import { type TopicEvent, topic } from "../topic.ts";
import { sharedOpenRouteRequests } from "./open-route-requests.ts";
import { routeRow } from "./route-rows.ts";
import { routeSince } from "./route-since.ts";
import { canSeeRoute } from "./visible-routes.ts";

/** The route list, live: each changed row that the reader may see, keyed `managementCluster/namespace/name`. The browser decides whether its filter wants it. */
export const routeListTopic = topic({
  name: "route.list",
  input: z.strictObject({ team: z.exactOptional(z.string().max(60)) }),
  permission: "route.list",
  scope: async () => ({ type: "installation" }),
  open: ({ team }, ctx, push) => {
    const next = pushInOrder(ctx, push);
    const seen = new Set(visibleKeys(ctx));
    const pending = new Set<string>();
    const changed = (key: string) => {
      // Several events of one object between two readings are one change.
      if (pending.has(key)) return;
      pending.add(key);
      next(async () => {
        pending.delete(key);
        return rowEvent(ctx, { key, team, seen });
      });
    };
    const stopIndex = ctx.routes.subscribe((event) => {
      if (event.type !== "resync") return changed(event.key);
      for (const key of visibleKeys(ctx)) seen.add(key);
      next(async () => ({ type: "resync" }));
    });
    const stopAudit = ctx.db.onAudit((rows) => {
      for (const id of requestsInAudit(rows)) {
        next(async () => {
          const request = await ctx.db.read.requests.find(id);
          return request?.kind.startsWith("route.") === true ? rowEvent(ctx, { key: targetKey(request.target), team, seen }) : null;
        });
      }
    });
    return () => {
      stopIndex();
      stopAudit();
    };
  },
});

/** What changed for this reader. A row that goes, or that she may no longer see, is taken out only if she could see it before. */
async function rowEvent(
  ctx: Context,
  { key, team, seen }: { readonly key: string; readonly team: string | undefined; readonly seen: Set<string> },
): Promise<TopicEvent | null> {
  const row = routeRow(ctx, { open: await sharedOpenRouteRequests(ctx.db), since: await routeSince(ctx.db) }, key);
  if (row === null) return seen.delete(key) ? { type: "remove", key } : null;
  seen.add(key);
  return team === undefined || row.team === team ? { type: "set", key, view: row } : null;
}

function visibleKeys(ctx: Context): readonly string[] {
  const now = ctx.clock.now();
  return [...ctx.routes.keys()].filter((key) => {
    const row = ctx.routes.row(key, now);
    return row !== undefined && canSeeRoute(ctx.actor, row);
  });
}
