import type { RequestId, TeamId } from "../../domain/ids.ts";
import { message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import { CreateRouteInput } from "../../domain/routes/route-input.ts";
import { slotsFor } from "../clusters/slots-for.ts";
import type { Context } from "../context.ts";
import type { RequestKind } from "../requests/request-kind.ts";
import { requireClearPreflight } from "../requests/require-clear-preflight.ts";
import { exampleRoute } from "./example-route.ts";
import { inputPathOfRoute } from "./input-path-of-route.ts";
import { keysInPlan } from "./keys-in-plan.ts";
import { renderRoute } from "./render-route.ts";
import { requireFreeRoute } from "./require-free-route.ts";
import { requireSameDestinations } from "./require-fresh-route.ts";
import { routeNotes } from "./route-notes.ts";
import { observeRoutePlan, type RoutePlanFacts } from "./route-plan-facts.ts";
import { proveRouteStep } from "./route-proofs.ts";
import { CREATE_ROUTE, routeKey, routeMayStand, teamOfRoute } from "./route-target.ts";

const NOTHING_LEFT = { policies: [], imports: [], exports: [] } as const;

/** A new route: a team publishes its kubeServices. The team is said by the request, not by the input. */
export const createRouteKind: RequestKind<CreateRouteInput, RoutePlanFacts> = {
  name: CREATE_ROUTE,
  input: CreateRouteInput,
  offered: true,
  teamOf: () => null,
  blueprintOf: () => null,
  observe: observeCreateRoute,
  render: (_input, _blueprint, facts) => renderRoute(CREATE_ROUTE, facts, NOTHING_LEFT),
  notes: (_input, _blueprint, facts) => routeNotes("create", facts),
  slots: (_plan, policy, team) => slotsFor(policy, team),
  reserves: (plan) => [{ type: "name", key: routeKey(plan.target) }, ...keysInPlan(plan)],
  fresh: requireFreshCreate,
  inputPathOf: inputPathOfRoute,
  prove: proveRouteStep,
  mayStand: routeMayStand,
  describe: ({ name }) => message("routeRequests.title.create", { name }),
  example: exampleRoute,
  visibilityOf: ({ visibility }) => visibility,
};

async function observeCreateRoute(ctx: Context, input: CreateRouteInput, team: TeamId | null, own?: RequestId): Promise<RoutePlanFacts> {
  if (team === null)
    throw new PortalError("INVALID", "routeRequests.teamMissing", {}, { fields: [{ path: "team", key: "input.missing" }] });
  const { name, ...spec } = input;
  const facts = await observeRoutePlan(ctx, { spec, name, team, previous: null, own: own ?? null });
  await requireFreeRoute(ctx, facts.target, own ?? null);
  return facts;
}

async function requireFreshCreate(ctx: Context, input: CreateRouteInput, plan: Plan, own?: RequestId): Promise<void> {
  await requireSameDestinations(ctx, plan);
  requireClearPreflight((await observeCreateRoute(ctx, input, teamOfRoute(plan.target.namespace), own)).preflight);
}
