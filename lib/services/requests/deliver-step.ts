import type { RequestRecord, StepClaim, StepRecord } from "../../adapters/database/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import type { Context } from "../context.ts";
import { applyStep } from "./apply-step.ts";
import { awaitStep } from "./await-step.ts";
import { approvedPlan, beginDelivery } from "./begin-delivery.ts";
import { deleteStep } from "./delete-step.ts";
import { holdLease } from "./hold-lease.ts";
import { proveStep } from "./prove-step.ts";
import { getRequestRecord } from "./request-scope.ts";
import { settleStep } from "./settle-step.ts";
import { outcomeOfError, type StepOutcome } from "./step-outcome.ts";

/** Claims the next step that is due, or null. */
export async function claimStep(ctx: Context, owner: string): Promise<StepClaim | null> {
  return ctx.db.transaction((tx) => tx.steps.claim({ owner, leaseMs: ctx.settings.deliveryLeaseMs, now: ctx.clock.now() }));
}

/**
 * Carries out one claimed step from the stored bytes and writes its outcome. Every call it makes is safe to repeat, so a process may die
 * anywhere in here: the lease runs out and another attempt goes on.
 */
export async function deliverStep(ctx: Context, claim: StepClaim): Promise<void> {
  await holdLease(ctx, claim, async (signal) => {
    const step = (await ctx.db.read.steps.list(claim.requestId)).find(({ n }) => n === claim.n);
    if (step === undefined) return;
    const outcome = await attempt({ ...ctx, signal }, claim, step);
    if (outcome === null) return;
    const after = await settleStep(ctx, { claim, step, outcome });
    ctx.metrics.count("trellis_delivery_steps_total", { op: step.op, outcome: after === null ? "fenced" : outcome.state });
    if (after?.state === "delivered") ctx.metrics.observe("trellis_delivery_seconds", secondsSinceApproval(after), { kind: after.kind });
    logOutcome(ctx, claim, step, outcome);
  });
}

function secondsSinceApproval({ decidedAt, endedAt }: RequestRecord): number {
  return decidedAt === null || endedAt === null ? 0 : (endedAt.getTime() - decidedAt.getTime()) / 1000;
}

/** Null when the lease is lost: then nothing may be written. */
async function attempt(ctx: Context, claim: StepClaim, row: StepRecord): Promise<StepOutcome | null> {
  try {
    return await carryOut(ctx, claim, row);
  } catch (error) {
    if (ctx.signal.aborted) return { state: "released" };
    if (!(error instanceof PortalError) || error.code === "INTERNAL")
      ctx.log.error("delivery.stepBroke", { request: claim.requestId, step: claim.n, error });
    return outcomeOfError(error, claim.attempts);
  }
}

async function carryOut(ctx: Context, claim: StepClaim, row: StepRecord): Promise<StepOutcome | null> {
  const request = await getRequestRecord(ctx.db.read, claim.requestId);
  const plan = await approvedPlan(ctx, request);
  if (!(await beginDelivery(ctx, request, plan, claim))) return null;
  const step = plan.steps.find(({ n }) => n === claim.n);
  if (step === undefined) throw new PortalError("INTERNAL", "requests.planUnreadable");
  if (step.op === "await" && step.proof.type === "observed") return proveStep(ctx, { plan, proof: step.proof, row });
  const cluster = ctx.kube.cluster(step.destination);
  await requireSameCluster(ctx, plan, step.destination);
  const { signal } = ctx;
  if (step.op === "await") return awaitStep({ cluster, plan, step, attempts: claim.attempts, signal });
  const result =
    step.op === "apply" ? await applyStep({ cluster, request, step, signal }) : await deleteStep({ cluster, request, step, signal });
  return { state: "done", result };
}

/** Another cluster may answer at the address by now: the plan names the one that was meant. */
async function requireSameCluster(ctx: Context, plan: Plan, id: string): Promise<void> {
  const uid = await ctx.kube.cluster(id).clusterUid({ signal: ctx.signal });
  if (plan.destinations.some((destination) => destination.id === id && destination.clusterUid === uid)) return;
  throw new PortalError("CONFLICT", "requests.delivery.otherCluster", { managementCluster: id });
}

function logOutcome(ctx: Context, claim: StepClaim, step: StepRecord, outcome: StepOutcome): void {
  const fields = { request: claim.requestId, step: claim.n, op: step.op, attempts: claim.attempts };
  if (outcome.state === "failed") ctx.log.warn("delivery.stepFailed", { ...fields, problem: outcome.problem });
  if (outcome.state === "done") ctx.log.info("delivery.stepDone", fields);
}
