import type { Repositories, RequestPatch, RequestRecord, StepClaim, StepRecord } from "../../adapters/database/port.ts";
import type { JsonObject } from "../../domain/json.ts";
import { firstDifference } from "../../domain/requests/first-difference.ts";
import { activeTargetKey } from "../../domain/requests/request.ts";
import { requireNextState } from "../../domain/requests/request-state.ts";
import { auditActor } from "../audit/audit-actor.ts";
import type { Context } from "../context.ts";
import { requestAudit } from "./request-audit.ts";
import { NOTHING_RESERVED } from "./reservations-of.ts";
import type { StepOutcome } from "./step-outcome.ts";

export type Settling = { readonly claim: StepClaim; readonly step: StepRecord; readonly outcome: StepOutcome };

/** Writes how an attempt ended: step, request state and audit row in one transaction. Returns the request as it is then; null, and nothing written, when another process owns the step by now. */
export async function settleStep(ctx: Context, settling: Settling): Promise<RequestRecord | null> {
  return ctx.db.transaction(async (tx) => {
    const request = await tx.requests.lock(settling.claim.requestId);
    if (request === null) return null;
    const at = ctx.clock.now();
    if (!(await tx.steps.settle(settling.claim, toRow(settling.outcome, at)))) return null;
    const after = await moveRequest(tx, request, settling.outcome, at);
    if (after.state === "delivered" && ctx.kinds.get(after.kind).frees === true) await freeTarget(tx, after, at);
    if (!isWorthARow(settling)) return after;
    const detail = detailOf(settling);
    await tx.audit.append({
      ...requestAudit(after, detail),
      at,
      action: actionOf(after, settling.outcome),
      outcome: "ok",
      actor: auditActor(ctx.actor),
    });
    return after;
  });
}

function toRow(outcome: StepOutcome, at: Date) {
  if (outcome.state === "done") return { state: "done" as const, at, nextTryAt: null, message: null, result: outcome.result };
  if (outcome.state === "failed") return { state: "failed" as const, at, nextTryAt: null, message: outcome.problem, result: null };
  if (outcome.state === "waiting")
    return { state: "waiting" as const, at, nextTryAt: new Date(at.getTime() + outcome.retryInMs), message: outcome.problem, result: null };
  return { state: "pending" as const, at, nextTryAt: null, message: null, result: null };
}

async function moveRequest(tx: Repositories, request: RequestRecord, outcome: StepOutcome, at: Date): Promise<RequestRecord> {
  const patch = await patchOf(tx, request, outcome, at);
  return patch === null ? request : tx.requests.update(request.id, patch, at);
}

// A stopped delivery no longer acts on its target, so another request (the inverse) may be approved; a retry takes the key again.
async function patchOf(tx: Repositories, request: RequestRecord, outcome: StepOutcome, at: Date): Promise<RequestPatch | null> {
  if (outcome.state === "failed")
    return { state: requireNextState(request.state, "fail"), failure: outcome.problem, activeTargetKey: null };
  if (outcome.state !== "done") return null;
  const open = (await tx.steps.list(request.id)).filter(({ state }) => state !== "done");
  return open.length > 0 ? null : { state: requireNextState(request.state, "finish"), endedAt: at, activeTargetKey: null };
}

/** What earlier requests about the same target hold. */
async function freeTarget(tx: Repositories, { kind, target }: RequestRecord, at: Date): Promise<void> {
  const key = activeTargetKey(kind, target);
  for (const holder of await tx.requests.listHolding())
    if (activeTargetKey(holder.kind, holder.target) === key) await tx.requests.update(holder.id, { ...NOTHING_RESERVED }, at);
}

/** Retries that wait for the same thing leave one row, not one per attempt. */
function isWorthARow({ step, outcome }: Settling): boolean {
  if (outcome.state === "released") return false;
  return outcome.state !== "waiting" || firstDifference(step.message ?? undefined, outcome.problem) !== null;
}

function actionOf(after: RequestRecord, outcome: StepOutcome): string {
  if (after.state === "delivered") return "delivery.finish";
  if (after.state === "failed") return "delivery.stop";
  return outcome.state === "waiting" ? "delivery.wait" : "delivery.step";
}

function detailOf({ step, outcome }: Settling): JsonObject {
  const result = outcome.state === "done" ? { result: outcome.result } : {};
  const problem = outcome.state === "failed" || outcome.state === "waiting" ? { problem: outcome.problem } : {};
  return { step: step.n, op: step.op, destination: step.destination, label: step.label, outcome: outcome.state, ...result, ...problem };
}
