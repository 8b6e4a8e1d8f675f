import type { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { hashOfJson } from "../../domain/requests/content-hash.ts";
import { type Admitted, type KubeObject, type Plan, type PlanStep, refOfStep } from "../../domain/requests/plan.ts";
import { normaliseAdmitted } from "../../manifests/normalise-admitted.ts";
import { withProvenance } from "../../manifests/provenance.ts";
import type { Context } from "../context.ts";

type ApplyStep = Extract<PlanStep, { op: "apply" }>;
/** `live` is the object as it is now, null when the step creates it or could not be asked. */
export type StepLook = { readonly admitted: Admitted; readonly live: KubeObject | null };

const PREVIEW = { requestId: "R-0", contentHash: "0".repeat(64) };

/** A namespace that is always there, in which an object is shown to the API server before its own exists. */
const STAND_IN_NAMESPACE = "default";

/** What admission makes of every apply step, asked of the API servers now. Refusals and outages are answers here; only bugs throw. */
export async function dryRunPlan(ctx: Context, plan: Plan): Promise<readonly StepLook[]> {
  return Promise.all(plan.steps.filter((step) => step.op === "apply").map((step) => lookAt(ctx, step)));
}

async function lookAt(ctx: Context, step: ApplyStep): Promise<StepLook> {
  if (step.after !== undefined) return { admitted: await lookAfter(ctx, step, step.after), live: null };
  const cluster = ctx.kube.cluster(step.destination);
  let live: KubeObject | null = null;
  try {
    live = await cluster.find(refOfStep(step), { signal: ctx.signal });
    const answer = await cluster.apply(withProvenance(step.object, PREVIEW), { signal: ctx.signal, dryRun: true });
    return { admitted: await toAdmitted(step.n, answer, live), live };
  } catch (error) {
    return { admitted: toRefusal(step.n, error), live };
  }
}

/**
 * An object whose namespace an earlier step makes: the API server checks it against its schema, CEL rules and defaults now, in a namespace that
 * is there, and dry-runs it in its own just before its step (product.md §5).
 */
async function lookAfter(ctx: Context, { n, object, destination }: ApplyStep, after: number): Promise<Admitted> {
  const metadata = object.metadata.namespace === undefined ? object.metadata : { ...object.metadata, namespace: STAND_IN_NAMESPACE };
  try {
    await ctx.kube.cluster(destination).apply(withProvenance({ ...object, metadata }, PREVIEW), { signal: ctx.signal, dryRun: true });
  } catch (error) {
    // Somebody else's object of that name in the stand-in namespace says nothing about this one.
    if (!(error instanceof PortalError && error.code === "CONFLICT")) return toRefusal(n, error);
  }
  return { n, result: "after", step: after };
}

/** The dry run's answer in the form that is stored and compared again just before the step (product.md §5). */
export async function toAdmitted(
  n: number,
  answer: { readonly object: KubeObject; readonly warnings: readonly string[] },
  live: KubeObject | null,
): Promise<Extract<Admitted, { result: "admitted" }>> {
  const object: JsonObject = normaliseAdmitted(answer.object, live);
  return { n, result: "admitted", object, hash: await hashOfJson(object), warnings: answer.warnings };
}

function toRefusal(n: number, error: unknown): Admitted {
  if (!(error instanceof PortalError) || error.code === "INTERNAL") throw error;
  const words = error.raw ?? `${error.code} ${error.key}`;
  if (error.code === "UNAVAILABLE") return { n, result: "unavailable", message: words };
  return {
    n,
    result: "refused",
    message: words,
    fields: error.fields.map((field) => ({ path: field.path, message: field.raw ?? field.key })),
  };
}
