import type { RequestRecord, StepClaim } from "../../adapters/database/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { contentHash } from "../../domain/requests/content-hash.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import { nextState } from "../../domain/requests/request-state.ts";
import { auditActor } from "../audit/audit-actor.ts";
import type { Context } from "../context.ts";
import { requestAudit } from "./request-audit.ts";

/** The plan in the stored bytes, and nothing else: their hash must be the one that people approved. `INTERNAL` `requests.planUnreadable`. */
export async function approvedPlan(ctx: Context, request: RequestRecord): Promise<Plan> {
  const hash = await contentHash(request.planBytes);
  const approvals = await ctx.db.read.requests.listApprovals(request.id);
  const approved = approvals.filter(({ revision, decision }) => revision === request.revision && decision === "approve");
  const isSigned = request.slots.every((slot) => approved.some(({ slotId, contentHash: signed }) => slotId === slot.id && signed === hash));
  if (hash !== request.contentHash || !isSigned) throw new PortalError("INTERNAL", "requests.planUnreadable");
  return parsePlan(request.planBytes);
}

/** Once per delivery, before its first step: freshness again, then `approved → delivering`. False when another process owns the step by now. */
export async function beginDelivery(ctx: Context, request: RequestRecord, plan: Plan, claim: StepClaim): Promise<boolean> {
  if (request.state !== "approved") return true;
  const kind = ctx.kinds.get(request.kind);
  await kind.fresh(ctx, kind.input.parse(request.input), plan, request.id);
  return ctx.db.transaction(async (tx) => {
    const locked = await tx.requests.lock(request.id);
    const state = locked === null ? null : nextState(locked.state, "start");
    const at = ctx.clock.now();
    if (state === null || !(await tx.steps.renew(claim, new Date(at.getTime() + ctx.settings.deliveryLeaseMs)))) return false;
    const started = await tx.requests.update(request.id, { state }, at);
    await tx.audit.append({ ...requestAudit(started), at, action: "delivery.start", outcome: "ok", actor: auditActor(ctx.actor) });
    return true;
  });
}
