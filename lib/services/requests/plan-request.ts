import { z } from "zod";
import type { Repositories } from "../../adapters/database/port.ts";
import { type RequestId, TeamId } from "../../domain/ids.ts";
import { JsonValue } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { slotMessage } from "../../domain/requests/approval.ts";
import { PlanView } from "../../domain/requests/request-view.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { query } from "../query.ts";
import { impactForActor } from "./impact-of.ts";
import { withPlanSlot } from "./plans-in-flight.ts";
import { type PreparedPlan, preparePlan } from "./prepare-plan.ts";
import { getRequestRecord } from "./request-scope.ts";
import { requirePerson } from "./require-person.ts";
import { readStoredNotes } from "./stored-notes.ts";
import { toAdmittedViews, toPlanSteps } from "./to-plan-steps.ts";

/** The body of a request; the purpose may still be missing while somebody types. `own` is the request that a new revision is planned for. */
export const PlanInput = z.strictObject({
  kind: z.string().max(100),
  team: TeamId,
  purpose: z.exactOptional(z.string().max(2000)),
  input: JsonValue,
  own: z.exactOptional(z.string()),
});

/** What a request with this input would be: rendered and dry-run now, stored nowhere. Refused objects are part of the answer. */
export const planRequest = query({
  name: "request.plan",
  input: PlanInput,
  output: PlanView,
  permission: "request.plan",
  scope: async ({ team }, { tx }) => ((await tx.tenancy.findTeam(team)) === null ? null : { type: "team", teamId: team }),
  run: async (input, ctx) => {
    const { userId } = requirePerson(ctx.actor);
    if (!ctx.kinds.get(input.kind).offered) throw new PortalError("NOT_FOUND", "requests.unknownKind", { kind: input.kind });
    const own = input.own === undefined ? null : await ownRequest(ctx.db.read, input.own, input.team);
    return withPlanSlot(ctx.db, userId, ctx.signal, async (signal) => {
      const prepared = await preparePlan(
        { ...ctx, signal },
        { kind: input.kind, team: input.team, input: input.input, ...(own === null ? {} : { own }) },
      );
      signal.throwIfAborted();
      return toPlanView(prepared, ctx.actor);
    });
  },
});

/** Only a request of the same team lends its reservations to a plan. */
async function ownRequest(reads: Repositories, id: string, team: TeamId): Promise<RequestId> {
  const request = await getRequestRecord(reads, id);
  if ((request.askingTeamId ?? request.teamId) !== team) throw new PortalError("NOT_FOUND", "notFound");
  return request.id;
}

function toPlanView(prepared: PreparedPlan, actor: Actor): PlanView {
  const { plan } = prepared;
  const { bases, title, impact, ...notes } = readStoredNotes(prepared.notes);
  const own = prepared.askingTeam === null;
  return {
    kind: prepared.kind.name,
    team: prepared.team,
    limited: !own,
    target: plan.target,
    title,
    contentHash: prepared.hash,
    blueprintVersion: plan.blueprintVersion,
    policy: prepared.policy.name,
    slots: prepared.slots.map((slot) => ({ ...slot, who: slotMessage(slot) })),
    plan: own ? toPlanSteps(plan, bases) : [],
    admitted: own ? toAdmittedViews(plan, prepared.admitted) : [],
    notes: own
      ? { ...notes, impact: impactForActor(actor, impact) }
      : { summary: [], warnings: [], cost: null, quota: null, advice: null, preflight: null, impact: null },
    acceptable:
      prepared.preflight.every(({ result }) => result !== "blocked") &&
      prepared.admitted.every(({ result }) => result === "admitted" || result === "after"),
  };
}
