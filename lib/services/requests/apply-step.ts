import type { RequestRecord } from "../../adapters/database/port.ts";
import type { ClusterPort } from "../../adapters/kubernetes/port.ts";
import type { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { hashOfJson } from "../../domain/requests/content-hash.ts";
import { firstDifference } from "../../domain/requests/first-difference.ts";
import { type Base, type KubeObject, type PlanStep, refOfStep } from "../../domain/requests/plan.ts";
import { intentOf } from "../../manifests/intent.ts";
import { provenanceOf, withProvenance } from "../../manifests/provenance.ts";
import { toAdmitted } from "./dry-run-plan.ts";
import { identityOf } from "./identity-of.ts";
import { isSharedKind } from "./is-shared-kind.ts";

type ApplyStep = Extract<PlanStep, { op: "apply" }>;
type Job = {
  readonly cluster: ClusterPort;
  readonly request: RequestRecord;
  readonly step: ApplyStep;
  readonly signal: AbortSignal;
};

const REREADS = 5;

/**
 * Carries out one apply, safe to repeat after a crash at any point (product.md §5). `CONFLICT` `requests.delivery.notOurs`,
 * `requests.delivery.gone`, `requests.delivery.moved`, `requests.delivery.admissionChanged`, or the adapter's with the other manager's name;
 * `PRECONDITION` with the webhook's words; `UNAVAILABLE` when the API server does not answer or the object never holds still.
 */
export async function applyStep(job: Job): Promise<JsonObject> {
  const object = withProvenance(job.step.object, { requestId: job.request.id, contentHash: job.request.contentHash });
  for (let read = 0; read < REREADS; read += 1) {
    const live = await job.cluster.find(refOfStep(job.step), { signal: job.signal });
    if (live !== null && (await isSharedAlready(job.step, live))) return { ...identityOf(live), already: true };
    const written = await requireExpected(job, live);
    const pinned = live === null ? object : { ...object, metadata: { ...object.metadata, ...identityOf(live) } };
    try {
      if (!written) await requireSameAdmission(job, pinned, live);
      const applied = await job.cluster.apply(pinned, { signal: job.signal });
      return { ...identityOf(applied.object), warnings: applied.warnings };
    } catch (error) {
      if (!(error instanceof PortalError) || error.key !== "kubernetes.stale") throw error;
    }
  }
  throw new PortalError("UNAVAILABLE", "requests.delivery.neverStill", nameOf(job.step));
}

/** Is the object what the plan was rendered against? True when this request has written it already: an attempt before a crash. */
async function requireExpected({ request, step }: Job, live: KubeObject | null): Promise<boolean> {
  if (live !== null && isWrittenBy(request, live)) return true;
  if (step.base === "absent") {
    if (live !== null)
      throw new PortalError("CONFLICT", "requests.delivery.notOurs", { ...nameOf(step), owner: provenanceOf(live)?.requestId ?? "–" });
    return false;
  }
  if (live === null) throw new PortalError("CONFLICT", "requests.delivery.gone", nameOf(step));
  if (!(await isBase(live, step.base))) throw new PortalError("CONFLICT", "requests.delivery.moved", nameOf(step));
  return false;
}

/** Another request made the shared object meanwhile, and it says exactly what this plan says: nothing is left to do. */
async function isSharedAlready({ object, base }: ApplyStep, live: KubeObject): Promise<boolean> {
  if (base !== "absent" || !isSharedKind(object.kind) || live.metadata["deletionTimestamp"] !== undefined) return false;
  return (await hashOfJson(intentOf(live))) === (await hashOfJson(intentOf(object)));
}

function isWrittenBy(request: RequestRecord, live: KubeObject): boolean {
  const written = provenanceOf(live);
  return written?.requestId === request.id && written.contentHash === request.contentHash;
}

/** Is this the very object, with the very intent, that the plan names? */
export async function isBase(live: KubeObject, base: Exclude<Base, "absent">): Promise<boolean> {
  return identityOf(live).uid === base.uid && (await hashOfJson(intentOf(live))) === base.intentHash;
}

/** Admission must still make of the object what the approvers were shown. */
async function requireSameAdmission({ cluster, request, step, signal }: Job, object: KubeObject, live: KubeObject | null): Promise<void> {
  const now = await toAdmitted(step.n, await cluster.apply(object, { signal, dryRun: true }), live);
  const shown = request.admitted.find(({ n }) => n === step.n);
  if (shown?.result !== "admitted" || shown.hash === now.hash) return;
  throw new PortalError("CONFLICT", "requests.delivery.admissionChanged", {
    ...nameOf(step),
    field: firstDifference(shown.object, now.object) ?? "–",
  });
}

function nameOf(step: PlanStep): { readonly kind: string; readonly name: string } {
  const { kind, name } = refOfStep(step);
  return { kind, name };
}
