import type { Repositories, RequestRecord, StepRecord } from "../../adapters/database/port.ts";
import { Message, message } from "../../domain/message.ts";
import { type ApprovalFacts, slotMessage } from "../../domain/requests/approval.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import type { ContributorView, PersonView, RequestView, SlotView, StepView } from "../../domain/requests/request-view.ts";
import type { TransactionContext } from "../context.ts";
import { contributorsOf } from "./contributors-of.ts";
import { readProblem } from "./delivery-problem.ts";
import { impactForActor } from "./impact-of.ts";
import { toPerson, votesOn } from "./list-request-rows.ts";
import { permittedActions } from "./permitted-actions.ts";
import { readStoredNotes } from "./stored-notes.ts";
import { toAdmittedViews, toPlanSteps } from "./to-plan-steps.ts";
import { toRequestRow } from "./to-request-row.ts";
import { canSeePlan } from "./visible-requests.ts";

/** Everything about one request as its reader may see it; the caller has checked that she may. Reads only the database, in or outside a transaction. */
export async function readRequestView(
  ctx: Pick<TransactionContext, "actor" | "clock" | "kinds" | "tx">,
  request: RequestRecord,
): Promise<RequestView> {
  const { tx, actor } = ctx;
  const approvals = await tx.requests.listApprovals(request.id);
  const votes = votesOn(request, approvals);
  const contributors = await contributorsOf(tx, request, actor.type === "person" ? actor : null, ctx.clock.now());
  const facts: ApprovalFacts = { state: request.state, slots: request.slots, votes, contributors };
  const requester = request.requesterId === null ? null : await tx.people.findUser(request.requesterId);
  const notes = readStoredNotes(request.notes);
  const plan: Plan = parsePlan(request.planBytes);
  const { bases, title: _title, impact, ...shownNotes } = notes;
  const whole: RequestView = {
    ...toRequestRow({ request, requester: requester === null ? null : toPerson(requester), votes, kinds: ctx.kinds }),
    limited: false,
    askingTeam: request.askingTeamId,
    policy: request.policyName,
    visibility: request.visibility,
    decidedAt: request.decidedAt?.toISOString() ?? null,
    input: request.input,
    slots: toSlots(request, approvals),
    approvals: approvals.map((approval) => ({
      revision: approval.revision,
      slot: approval.slotId,
      approver: toPerson(approval.approver),
      decision: approval.decision,
      contentHash: approval.contentHash,
      comment: approval.comment,
      at: approval.at.toISOString(),
    })),
    comments: (await tx.requests.listComments(request.id)).map(({ id, author, text, at }) => ({
      id,
      author: toPerson(author),
      text,
      at: at.toISOString(),
    })),
    revisions: (await tx.requests.listRevisions(request.id)).map(({ revision, contentHash, submittedBy, at }) => ({
      revision,
      contentHash,
      submittedBy: submittedBy === null ? null : toPerson(submittedBy),
      at: at.toISOString(),
    })),
    contributors: await toContributors(tx, contributors),
    plan: toPlanSteps(plan, bases),
    admitted: toAdmittedViews(plan, request.admitted),
    steps: (await tx.steps.list(request.id)).map(toStep),
    notes: { ...shownNotes, impact: impactForActor(actor, impact) },
    failure: readProblem(request.failure),
    can: permittedActions(actor, request, facts),
  };
  return canSeePlan(actor, request) || actor.type === "system" ? whole : { ...whole, ...OWNERS_PART };
}

/** What the team that asked for something of another team does not see: the owner's plan and everything that quotes it. */
const OWNERS_PART = {
  limited: true,
  plan: [],
  admitted: [],
  steps: [],
  contributors: [],
  failure: null,
  notes: { summary: [], warnings: [], cost: null, quota: null, advice: null, preflight: null, impact: null },
} as const satisfies Partial<RequestView>;

function toSlots(request: RequestRecord, approvals: Awaited<ReturnType<Repositories["requests"]["listApprovals"]>>): SlotView[] {
  return request.slots.map((slot) => {
    const filled = approvals.find(
      ({ revision, slotId, decision }) => revision === request.revision && slotId === slot.id && decision === "approve",
    );
    return {
      ...slot,
      who: slotMessage(slot),
      filledBy: filled === undefined ? null : toPerson(filled.approver),
      filledAt: filled?.at.toISOString() ?? null,
    };
  });
}

async function toContributors(tx: Repositories, contributors: ApprovalFacts["contributors"]): Promise<ContributorView[]> {
  const views = new Map<string, ContributorView>();
  for (const { userId, reason } of contributors) {
    const user = await tx.people.findUser(userId);
    const person: PersonView = user === null ? { id: userId, name: "–" } : toPerson(user);
    views.set(`${userId} ${reason}`, { person, reason });
  }
  return [...views.values()];
}

function toStep(step: StepRecord): StepView {
  const label = Message.safeParse(step.label);
  return {
    n: step.n,
    op: step.op,
    label: label.success ? label.data : message("requests.step.unnamed", { n: step.n }),
    state: step.state,
    attempts: step.attempts,
    startedAt: step.startedAt?.toISOString() ?? null,
    endedAt: step.endedAt?.toISOString() ?? null,
    nextTryAt: step.nextTryAt?.toISOString() ?? null,
    problem: step.state === "done" ? null : readProblem(step.message),
  };
}
