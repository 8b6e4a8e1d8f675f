import type { RequestId, TeamId } from "../../domain/ids.ts";
import { type Message, message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import { ChangeRouteInput, type RouteCaller, type RouteSpec } from "../../domain/routes/route-input.ts";
import { refOf } from "../../manifests/tenancy/tenancy-refs.ts";
import { slotsFor } from "../clusters/slots-for.ts";
import type { Context } from "../context.ts";
import type { RequestKind } from "../requests/request-kind.ts";
import { requireClearPreflight } from "../requests/require-clear-preflight.ts";
import { inputPathOfRoute } from "./input-path-of-route.ts";
import { keysInPlan } from "./keys-in-plan.ts";
import { type LiveRoute, type Placed, readLiveRoute, requireSpec, specOf } from "./read-live-route.ts";
import { type RouteLeftovers, renderRoute } from "./render-route.ts";
import { requireSameDestinations } from "./require-fresh-route.ts";
import { routeNotes } from "./route-notes.ts";
import { observeRoutePlan, type RoutePlanFacts } from "./route-plan-facts.ts";
import { proveRouteStep } from "./route-proofs.ts";
import { CHANGE_ROUTE, routeMayStand, teamOfRoute } from "./route-target.ts";
import { toDoomed } from "./step-list.ts";

type ChangeFacts = { readonly plan: RoutePlanFacts; readonly leftovers: RouteLeftovers; readonly asked: RouteCaller | null };

/**
 * Another spec for a route that stands: weights, rules, callers, health check. The owner says the whole spec; another team asks to become one
 * more caller of an organisation-visible route, and then the request belongs to the owner.
 */
export const changeRouteKind: RequestKind<ChangeRouteInput, ChangeFacts> = {
  name: CHANGE_ROUTE,
  input: ChangeRouteInput,
  offered: true,
  teamOf: (input) => ("addCaller" in input ? input.addCaller.team : teamOfRoute(input.namespace)),
  ownerOf: ({ namespace }) => teamOfRoute(namespace),
  blueprintOf: () => null,
  observe: observeChangeRoute,
  render: (_input, _blueprint, { plan, leftovers }) => renderChange(plan, leftovers),
  notes: (_input, _blueprint, { plan, leftovers, asked }) =>
    routeNotes("change", plan, { summary: askedWords(asked), warnings: opensWords(leftovers) }),
  slots: (_plan, policy, team) => slotsFor(policy, team),
  reserves: keysInPlan,
  fresh: requireFreshChange,
  inputPathOf: (step, path) => {
    const found = inputPathOfRoute(step, path);
    return found === null ? null : `spec.${found}`;
  },
  prove: proveRouteStep,
  mayStand: routeMayStand,
  describe: ({ name }) => message("routeRequests.title.change", { name }),
  example: exampleOfChange,
  visibilityOf: (input) => ("spec" in input ? input.spec.visibility : "organisation"),
};

async function observeChangeRoute(ctx: Context, input: ChangeRouteInput, team: TeamId | null, own?: RequestId): Promise<ChangeFacts> {
  const owner = teamOfRoute(input.namespace);
  if (owner === null || team === null) throw new PortalError("NOT_FOUND", "notFound");
  // Not yours and not there read the same: only an organisation-visible route answers another team.
  if (team !== owner && ctx.routes.find(input.namespace, input.name)?.visibility !== "organisation")
    throw new PortalError("NOT_FOUND", "notFound");
  const live = await readLiveRoute(ctx, input);
  if (live.route === null) throw new PortalError("NOT_FOUND", "notFound");
  const previous = requireSpec(ctx, live);
  const serviceName = live.serviceName ?? previous.serviceName ?? input.name;
  const spec = "spec" in input ? withServiceName(input.spec, previous) : withCaller(previous, input.addCaller);
  const plan = await observeRoutePlan(ctx, {
    spec,
    name: input.name,
    team: owner,
    previous: { spec: previous, serviceName },
    own: own ?? null,
  });
  return { plan, leftovers: await leftoversOf(live, plan), asked: "addCaller" in input ? input.addCaller : null };
}

/** A name that was allotted stays; whoever sends the spec need not know it. */
function withServiceName(spec: RouteSpec, previous: RouteSpec): RouteSpec {
  if (spec.serviceName !== undefined || previous.serviceName === undefined) return spec;
  return { ...spec, serviceName: previous.serviceName };
}

/** `PRECONDITION` `routeRequests.policyByHand`, `routeRequests.openToAll` · `CONFLICT` `routeRequests.callerTwice`. */
function withCaller(spec: RouteSpec, caller: RouteCaller): RouteSpec {
  const { access } = spec;
  if (access.type === "policy") throw new PortalError("PRECONDITION", "routeRequests.policyByHand");
  if (access.type === "network") throw new PortalError("PRECONDITION", "routeRequests.openToAll");
  if (access.callers.some(({ team, name }) => team === caller.team && name === caller.name))
    throw new PortalError("CONFLICT", "routeRequests.callerTwice", { team: caller.team, name: caller.name });
  return { ...spec, access: { type: "callers", callers: [...access.callers, caller] } };
}

/** Objects that carry the route's labels and that it no longer contains. */
async function leftoversOf(live: LiveRoute, { objects, target }: RoutePlanFacts): Promise<RouteLeftovers> {
  const here = [...objects.imports, ...objects.policies, ...(objects.accessLog === null ? [] : [objects.accessLog])];
  const wanted = new Set([
    ...here.map((object) => keyOf({ destination: target.managementCluster, object })),
    ...objects.providers.flatMap(({ destination, objects: list }) => list.map((object) => keyOf({ destination, object }))),
  ]);
  const doomed = (list: readonly Placed[]) =>
    Promise.all(list.filter((one) => !wanted.has(keyOf(one))).map(({ destination, object }) => toDoomed(destination, object)));
  const [policies, imports, exports] = await Promise.all([doomed(live.policies), doomed(live.imports), doomed(live.exports)]);
  return { policies, imports, exports };
}

function keyOf({ destination, object }: Placed): string {
  const { kind, namespace = "", name } = refOf(object);
  return `${destination} ${kind} ${namespace}/${name}`;
}

function renderChange(facts: RoutePlanFacts, leftovers: RouteLeftovers): Plan {
  const plan = renderRoute(CHANGE_ROUTE, facts, leftovers);
  if (plan.steps.length === 0) throw new PortalError("PRECONDITION", "routeRequests.nothingToChange");
  return plan;
}

function askedWords(asked: RouteCaller | null): readonly Message[] {
  return asked === null ? [] : [message("routeRequests.summary.callerAdded", { name: asked.name, team: asked.team })];
}

function opensWords({ policies }: RouteLeftovers): readonly Message[] {
  return policies.some(({ ref }) => ref.kind === "IAMAuthPolicy") ? [message("routeRequests.warning.deleteOpens")] : [];
}

/** The route must still be what the approvers saw. `CONFLICT` `routeRequests.changedSince`. */
async function requireFreshChange(ctx: Context, input: ChangeRouteInput, plan: Plan, own?: RequestId): Promise<void> {
  await requireSameDestinations(ctx, plan);
  const asking = "addCaller" in input ? input.addCaller.team : teamOfRoute(input.namespace);
  const now = await observeChangeRoute(ctx, input, asking, own);
  requireClearPreflight(now.plan.preflight);
  const moved = plan.steps.some((step) => {
    if (step.op !== "apply" || step.object.kind !== now.plan.main.object.kind || step.base === "absent") return false;
    const { base } = now.plan.main;
    return base === "absent" || base.uid !== step.base.uid || base.intentHash !== step.base.intentHash;
  });
  if (moved) throw new PortalError("CONFLICT", "routeRequests.changedSince", { name: input.name });
}

/** The team's first route with its description said anew; null when it has none that could be read. */
async function exampleOfChange(ctx: Context, team: TeamId) {
  for (const route of ctx.routes.values()) {
    if (route.team !== team || !route.managed || route.deletingSince !== null) continue;
    const { spec } = specOf(ctx, await readLiveRoute(ctx, { namespace: route.namespace, name: route.name }));
    if (spec !== null) return { namespace: route.namespace, name: route.name, spec: { ...spec, description: "Changed through the API" } };
  }
  return null;
}
