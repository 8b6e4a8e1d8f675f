import type { RequestRecord } from "../../adapters/database/port.ts";
import type { ClusterPort } from "../../adapters/kubernetes/port.ts";
import type { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject, PlanStep } from "../../domain/requests/plan.ts";
import { isObject } from "../../manifests/json-shape.ts";
import { DELETE_REQUEST } from "../../manifests/keys.ts";
import { deleteRequestPatch } from "../../manifests/provenance.ts";
import { isBase } from "./apply-step.ts";
import { identityOf } from "./identity-of.ts";

type DeleteStep = Extract<PlanStep, { op: "delete" }>;
type Job = {
  readonly cluster: ClusterPort;
  readonly request: RequestRecord;
  readonly step: DeleteStep;
  readonly signal: AbortSignal;
};

const REREADS = 5;

/**
 * Announces the deletion by annotation, then deletes exactly that version of exactly that object (product.md §5). Gone already, or going,
 * is done. `CONFLICT` `requests.delivery.moved` when it is another object or has another intent than the approvers saw.
 */
export async function deleteStep({ cluster, request, step, signal }: Job): Promise<JsonObject> {
  for (let read = 0; read < REREADS; read += 1) {
    const live = await cluster.find(step.ref, { signal });
    if (live === null) return { uid: step.base === "absent" ? null : step.base.uid };
    await requireApproved(step, live, request.id);
    const { uid, resourceVersion } = identityOf(live);
    if (live.metadata["deletionTimestamp"] !== undefined) return { uid };
    try {
      const patch = deleteRequestPatch(request.id);
      const announced = await cluster.mergePatch(step.ref, { metadata: { ...patch.metadata, uid, resourceVersion } }, { signal });
      await cluster.delete(step.ref, identityOf(announced), { signal });
      return { uid };
    } catch (error) {
      const isMoved = error instanceof PortalError && (error.key === "kubernetes.stale" || error.code === "NOT_FOUND");
      if (!isMoved) throw error;
    }
  }
  throw new PortalError("UNAVAILABLE", "requests.delivery.neverStill", { kind: step.ref.kind, name: step.ref.name });
}

async function requireApproved(step: DeleteStep, live: KubeObject, requestId: string): Promise<void> {
  const { kind, name } = step.ref;
  if (step.base === "absent") throw new PortalError("CONFLICT", "requests.delivery.moved", { kind, name });
  // Announced by an attempt before a crash: what has changed since is its own going away.
  if (identityOf(live).uid === step.base.uid && isAnnounced(live, requestId)) return;
  if (!(await isBase(live, step.base))) throw new PortalError("CONFLICT", "requests.delivery.moved", { kind, name });
}

function isAnnounced(live: KubeObject, requestId: string): boolean {
  const { annotations } = live.metadata;
  return isObject(annotations) && annotations[DELETE_REQUEST] === requestId;
}
