import { PortalError } from "../../domain/portal-error.ts";
import type { Scope } from "../../domain/tenancy/permissions.ts";
import { evaluateReach, limitReach } from "../../domain/topology/reach.ts";
import { reachCallOf } from "../../domain/topology/reach-call.ts";
import { ReachAnswer, ReachQuery } from "../../domain/topology/reach-view.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { readNetworking } from "../routes/read-networking.ts";
import { canSeeRoute, routeScope } from "../routes/visible-routes.ts";
import { findReachCaller } from "./reach-callers.ts";
import { findReachService, type ReachableService } from "./reach-services.ts";

/** The owner of a route that the actor may see. What no route owns is decided with the facts at hand. */
async function reachScope({ service }: ReachQuery, { actor, routes }: Pick<Context, "actor" | "routes">): Promise<Scope | null> {
  const cut = service.indexOf("/");
  const namespace = service.slice(0, Math.max(cut, 0));
  if (namespace.startsWith("aws.")) return { type: "installation" };
  const observed = routes.find(namespace, service.slice(cut + 1));
  return observed !== undefined && canSeeRoute(actor, observed) ? routeScope(namespace) : null;
}

/** Can this caller call this service? Every layer with state, evidence and age. `NOT_FOUND` for a caller or service that is absent or not the actor's to see. */
export const askReach = query({
  name: "reach.ask",
  input: ReachQuery,
  output: ReachAnswer,
  permission: "reach.read",
  scope: reachScope,
  run: async (input, ctx) => {
    const reads = { ...ctx, networking: await readNetworking(ctx.db.read) };
    const service = findReachService(reads, input.service);
    const from = service === null ? null : findReachCaller(reads, { caller: input.caller, vpc: input.vpc ?? null }, service);
    if (service === null || from === null) throw new PortalError("NOT_FOUND", "notFound");
    wantFresh(ctx, service);
    const answer = evaluateReach(service.facts, from, { call: reachCallOf(input, service.facts), now: ctx.clock.now() });
    return service.limited ? limitReach(answer) : answer;
  },
});

/** Somebody waits for this service: it is read again soon, within the budget. The answer does not wait for that, it says its age. A service that Lattice does not know is not asked for. */
function wantFresh({ facts }: Pick<Context, "facts">, { facts: { lattice } }: ReachableService): void {
  if (lattice?.service != null) facts.want(lattice.account, lattice.service.value.name);
}
