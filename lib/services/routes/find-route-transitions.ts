import { message } from "../../domain/message.ts";
import { ROUTE_KINDS } from "../../domain/routes/observed-route.ts";
import { changesOf, type KnownStates } from "../clusters/find-transitions.ts";
import type { Transition } from "../clusters/record-transitions.ts";
import { ROUTE_OBJECT } from "../clusters/transition-key.ts";
import type { Context } from "../context.ts";

/** Changes of routes. "Since when" rests on these alone: the controller's own times move on every reconcile (lattice.md §10.1.3). */
export function findRouteTransitions(ctx: Pick<Context, "routes" | "clock" | "kube">, known: KnownStates): readonly Transition[] {
  const now = ctx.clock.now();
  const objects = [...ctx.routes.keys()].map((key) => ({ uid: ctx.routes.uidOf(key) ?? "", row: ctx.routes.row(key, now) }));
  return changesOf({ objectKind: ROUTE_OBJECT, objects, isComplete: isComplete(ctx), now, gone: message("routeStatus.fact.gone") }, known);
}

function isComplete({ kube }: Pick<Context, "kube">): boolean {
  const healths = kube.ids().flatMap((id) => ROUTE_KINDS.map((kind) => kube.managementCluster(id).watch(kind).health()));
  return healths.every(({ synced, connected }) => synced && connected);
}
