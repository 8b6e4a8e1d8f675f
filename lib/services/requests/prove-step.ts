import type { StepRecord } from "../../adapters/database/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import type { Context } from "../context.ts";
import { storeProblem } from "./delivery-problem.ts";
import type { ObservedProof } from "./request-kind.ts";
import type { StepOutcome } from "./step-outcome.ts";

/** Another system is asked, which counts calls: often enough to follow, seldom enough to be a guest. */
const LOOK_AGAIN_MS = 4_000;

/**
 * Asks the kind whether the other system holds what the plan says. Not yet is no failure until the proof's deadline, counted from the step's
 * first attempt; then the delivery stops with what is still missing. Reads only, so it is safe to repeat.
 */
export async function proveStep(
  ctx: Context,
  { plan, proof, row }: { readonly plan: Plan; readonly proof: ObservedProof; readonly row: StepRecord },
): Promise<StepOutcome> {
  const { prove } = ctx.kinds.get(plan.kind);
  if (prove === undefined) throw new PortalError("INTERNAL", "requests.planUnreadable");
  const answer = await prove(ctx, proof, plan);
  if (answer.done) return { state: "done", result: answer.result };
  const raw = answer.raw === undefined ? {} : { raw: answer.raw };
  const waitedMs = row.startedAt === null ? 0 : ctx.clock.now().getTime() - row.startedAt.getTime();
  if (waitedMs >= proof.deadlineSeconds * 1000) {
    const late = new PortalError("PRECONDITION", "requests.delivery.notProven", { seconds: proof.deadlineSeconds }, raw);
    return { state: "failed", problem: storeProblem(late, { missing: answer.missing }) };
  }
  const waiting = new PortalError("UNAVAILABLE", "requests.delivery.waitingFor", {}, raw);
  return { state: "waiting", retryInMs: LOOK_AGAIN_MS, problem: storeProblem(waiting, { missing: answer.missing }) };
}
