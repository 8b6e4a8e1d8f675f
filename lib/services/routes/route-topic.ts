import { routeKey } from "../../domain/routes/route-row.ts";
import type { Context } from "../context.ts";
import { pushInOrder } from "../requests/push-in-order.ts";
import { requestsInAudit } from "../requests/requests-in-audit.ts";
import { type TopicEvent, topic } from "../topic.ts";
import { findRoute, RouteAddress, seenRoute, visibleRouteScope } from "./find-route.ts";
import { toRouteView } from "./to-route-view.ts";
import { canSeeRoute } from "./visible-routes.ts";

/** The light on an open page keeps its age: without a change the view is sent again this often. */
const REFRESH_MS = 15_000;

/** One route's page, live: the whole view at every change, keyed `namespace/name`; `remove` when there is nothing of it any more. While it is open its Lattice service is read more often. */
export const routeTopic = topic({
  name: "route",
  input: RouteAddress,
  permission: "route.readLimited",
  scope: visibleRouteScope,
  open: (input, ctx, push) => {
    const next = pushInOrder(ctx, push);
    const attention = attend(ctx, input);
    let isPending = false;
    const changed = () => {
      if (isPending) return;
      isPending = true;
      next(async () => {
        isPending = false;
        attention.follow();
        return viewEvent(ctx, input);
      });
    };
    const stopIndex = ctx.routes.subscribe((event) => {
      if (event.type === "resync" || event.key.endsWith(`/${input.namespace}/${input.name}`)) changed();
    });
    const stopAudit = ctx.db.onAudit((rows) => {
      for (const id of requestsInAudit(rows)) {
        next(async () => {
          const request = await ctx.db.read.requests.find(id);
          return request?.target.namespace === input.namespace && request.target.name === input.name ? viewEvent(ctx, input) : null;
        });
      }
    });
    const timer = setInterval(changed, REFRESH_MS);
    timer.unref();
    return () => {
      clearInterval(timer);
      attention.stop();
      stopIndex();
      stopAudit();
    };
  },
});

/** Keeps attending the service of the page's route, also when the route comes later or is made anew under another service name. */
function attend({ routes, facts }: Pick<Context, "routes" | "facts">, { namespace, name }: RouteAddress) {
  let attended: { readonly id: string; readonly stop: () => void } | null = null;
  function follow(): void {
    const observed = routes.find(namespace, name);
    const account = observed?.lattice?.account ?? null;
    const id = observed === undefined || account === null ? null : `${routeKey(observed)} ${account} ${observed.serviceName}`;
    if (id === (attended?.id ?? null)) return;
    attended?.stop();
    attended = id === null || observed === undefined || account === null ? null : { id, stop: facts.attend(account, observed.serviceName) };
  }
  follow();
  return { follow, stop: () => attended?.stop() };
}

async function viewEvent(ctx: Context, input: RouteAddress): Promise<TopicEvent> {
  const key = `${input.namespace}/${input.name}`;
  const found = await findRoute(input, { tx: ctx.db.read, routes: ctx.routes });
  const seen = seenRoute(input, found);
  const view = seen === undefined || !canSeeRoute(ctx.actor, seen) ? null : await toRouteView(ctx, found);
  return view === null ? { type: "remove", key } : { type: "set", key, view };
}
