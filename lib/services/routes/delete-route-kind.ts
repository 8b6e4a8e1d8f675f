import type { RequestId, TeamId } from "../../domain/ids.ts";
import { type Message, message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import { DeleteRouteInput } from "../../domain/routes/route-input.ts";
import { slotsFor } from "../clusters/slots-for.ts";
import type { Context } from "../context.ts";
import type { RequestKind } from "../requests/request-kind.ts";
import { type LiveRoute, type Placed, readLiveRoute } from "./read-live-route.ts";
import { type NetworkInUse, readNetworking } from "./read-networking.ts";
import { managedBy } from "./render-route.ts";
import { requireSameDestinations } from "./require-fresh-route.ts";
import { destinationsOf } from "./route-plan-facts.ts";
import { proveRouteStep, routeProof } from "./route-proofs.ts";
import { DELETE_ROUTE, teamOfRoute } from "./route-target.ts";
import { createStepList, type DoomedObject, toDoomed } from "./step-list.ts";

/** What the plan of a deletion depends on, and who will feel it. */
type DeleteRouteFacts = {
  readonly live: LiveRoute;
  readonly inUse: NetworkInUse | null;
  readonly destinations: Plan["destinations"];
  readonly main: DoomedObject | null;
  readonly policies: readonly DoomedObject[];
  readonly imports: readonly DoomedObject[];
  readonly exports: readonly DoomedObject[];
  readonly domainName: string | null;
  readonly consumers: readonly string[];
};

/**
 * The end of a route in the safe order (lattice.md §9.5): the route, its Lattice service proven gone, policies, imports, exports, each awaited.
 * The route goes first, so that a policy which was never applied can go too (§10.1.6), and targets stay until nobody calls them.
 */
export const deleteRouteKind: RequestKind<DeleteRouteInput, DeleteRouteFacts> = {
  name: DELETE_ROUTE,
  input: DeleteRouteInput,
  offered: true,
  teamOf: ({ namespace }) => teamOfRoute(namespace),
  blueprintOf: () => null,
  observe: observeDeleteRoute,
  render: (_input, _blueprint, facts) => renderDeleteRoute(facts),
  notes: (_input, _blueprint, facts) => ({
    title: message("routeRequests.title.delete", { name: facts.live.target.name }),
    summary: summaryOf(facts),
    warnings: [message("routeRequests.warning.final")],
    cost: null,
    quota: null,
    advice: null,
  }),
  slots: (_plan, policy, team) => slotsFor(policy, team),
  reserves: () => [],
  fresh: requireFreshDelete,
  prove: proveRouteStep,
  frees: true,
  describe: ({ name }) => message("routeRequests.title.delete", { name }),
  example: exampleOfDelete,
  visibilityOf: () => "team",
};

async function observeDeleteRoute(ctx: Context, input: DeleteRouteInput, team: TeamId | null, _own?: RequestId): Promise<DeleteRouteFacts> {
  if (teamOfRoute(input.namespace) !== team) throw new PortalError("NOT_FOUND", "notFound");
  const live = await readLiveRoute(ctx, input);
  const observed = ctx.routes.find(input.namespace, input.name);
  const { networks } = await readNetworking(ctx.db.read);
  const here = live.target.managementCluster;
  const doom = (list: readonly Placed[]) => Promise.all(list.map(({ destination, object }) => toDoomed(destination, object)));
  const [policies, imports, exports] = await Promise.all([doom(live.policies), doom(live.imports), doom(live.exports)]);
  return {
    live,
    inUse: networks.find(({ network, lattice }) => network.name === live.network && lattice.managementCluster === here) ?? null,
    destinations: await destinationsOf(ctx, [here, ...live.exports.map(({ destination }) => destination)]),
    main: live.route === null ? null : await toDoomed(here, live.route),
    policies,
    imports,
    exports,
    domainName: observed?.annotatedDomain ?? null,
    consumers: (observed?.consumers ?? []).map(({ name }) => name),
  };
}

function renderDeleteRoute({ live, inUse, destinations, main, policies, imports, exports }: DeleteRouteFacts): Plan {
  const { target, serviceName } = live;
  const list = createStepList();
  if (main !== null) {
    list.remove([main]);
    if (inUse !== null && serviceName !== null) {
      const service = { namespace: target.namespace, name: target.name, serviceName, managedBy: managedBy(inUse) };
      list.prove(target.managementCluster, main.ref, routeProof("service-gone", { account: inUse.account.id, service }));
    }
  }
  list.remove(policies);
  list.remove(imports);
  list.remove(exports);
  return { v: 1, kind: DELETE_ROUTE, target, destinations: [...destinations], steps: list.steps(), blueprintVersion: null };
}

function summaryOf({ live, domainName, consumers }: DeleteRouteFacts): readonly Message[] {
  return [
    message("routeRequests.summary.order"),
    ...(domainName === null ? [] : [message("routeRequests.summary.dns", { domain: domainName })]),
    message("routeRequests.summary.consumers", { count: consumers.length, names: consumers.join(", ") }),
    message("routeRequests.summary.kept"),
    ...live.lost.map((cluster) => message("routeRequests.summary.lostCluster", { cluster })),
  ];
}

/** The objects must still be those that the approvers saw. `CONFLICT` `routeRequests.changedSince`. */
async function requireFreshDelete(ctx: Context, input: DeleteRouteInput, plan: Plan): Promise<void> {
  await requireSameDestinations(ctx, plan);
  const now = await observeDeleteRoute(ctx, input, teamOfRoute(input.namespace));
  const planned = plan.steps.find((step) => step.op === "delete" && step.ref.kind.endsWith("Route"));
  if (planned?.op !== "delete" || planned.base === "absent") return;
  const base = now.main?.base;
  const isSame = typeof base === "object" && base.uid === planned.base.uid && base.intentHash === planned.base.intentHash;
  if (!isSame) throw new PortalError("CONFLICT", "routeRequests.changedSince", { name: input.name });
}

async function exampleOfDelete(ctx: Context, team: TeamId) {
  const own = [...ctx.routes.values()].find((route) => route.team === team && route.managed && route.deletingSince === null);
  return own === undefined ? null : { namespace: own.namespace, name: own.name };
}
