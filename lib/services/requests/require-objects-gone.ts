import type { RequestRecord } from "../../adapters/database/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import { refOfStep } from "../../domain/requests/plan.ts";
import type { Context } from "../context.ts";
import { isSharedKind } from "./is-shared-kind.ts";

/** Asks the API servers. `PRECONDITION` `requests.objectStillThere` names the first object of the plan that is still there. */
export async function requireObjectsGone(ctx: Context, request: RequestRecord): Promise<void> {
  for (const step of parsePlan(request.planBytes).steps) {
    if (step.op !== "apply" || step.base !== "absent") continue;
    const { kind, name } = refOfStep(step);
    if (isSharedKind(kind) || isOfLostCluster(ctx, step.destination)) continue;
    const live = await ctx.kube.cluster(step.destination).find(refOfStep(step), { signal: ctx.signal });
    if (live !== null) throw new PortalError("PRECONDITION", "requests.objectStillThere", { id: request.id, kind, name });
  }
}

/** A tenant cluster that no watch shows any more took its objects with it. */
function isOfLostCluster(ctx: Context, destination: string): boolean {
  const [managementCluster = "", namespace = "", name] = destination.split("/");
  if (name === undefined || !ctx.kube.ids().includes(managementCluster)) return false;
  return ctx.kube.managementCluster(managementCluster).watch("Cluster").health().synced && ctx.clusters.find(namespace, name) === undefined;
}
