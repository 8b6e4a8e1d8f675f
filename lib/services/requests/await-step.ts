import type { ClusterPort } from "../../adapters/kubernetes/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject, Plan, PlanStep } from "../../domain/requests/plan.ts";
import { storeProblem } from "./delivery-problem.ts";
import { identityOf } from "./identity-of.ts";
import { backOff, type StepOutcome } from "./step-outcome.ts";

type AwaitStep = Extract<PlanStep, { op: "await" }>;

/** Is the object gone? Another object that took its name since counts as gone: an earlier step of the plan says which one was meant. */
export async function awaitStep(job: {
  readonly cluster: ClusterPort;
  readonly plan: Plan;
  readonly step: AwaitStep;
  readonly attempts: number;
  readonly signal: AbortSignal;
}): Promise<StepOutcome> {
  const { ref } = job.step;
  const live = await job.cluster.find(ref, { signal: job.signal });
  const meant = uidDeletedBefore(job.plan, job.step);
  if (live === null || (meant !== null && identityOf(live).uid !== meant)) return { state: "done", result: { gone: true } };
  const still = new PortalError("PRECONDITION", "requests.delivery.stillThere", {
    kind: ref.kind,
    name: ref.name,
    finalizers: finalizersOf(live).length,
  });
  return { state: "waiting", retryInMs: backOff(job.attempts), problem: storeProblem(still) };
}

function uidDeletedBefore(plan: Plan, { n, ref }: AwaitStep): string | null {
  for (const step of plan.steps) {
    if (step.n >= n || step.op !== "delete" || step.base === "absent") continue;
    if (step.ref.kind === ref.kind && step.ref.namespace === ref.namespace && step.ref.name === ref.name) return step.base.uid;
  }
  return null;
}

function finalizersOf(live: KubeObject): readonly unknown[] {
  const { finalizers } = live.metadata;
  return Array.isArray(finalizers) ? finalizers : [];
}
