import type { RequestRecord } from "../../adapters/database/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import { refOfStep } from "../../domain/requests/plan.ts";
import type { Context } from "../context.ts";

/** Asks the API servers. `PRECONDITION` `requests.objectStillThere` names the first object of the plan that is still there. */
export async function requireObjectsGone(ctx: Context, request: RequestRecord): Promise<void> {
  for (const step of parsePlan(request.planBytes).steps) {
    if (step.op !== "apply" || step.base !== "absent") continue;
    const { kind, name } = refOfStep(step);
    const live = await ctx.kube.managementCluster(step.destination).find(refOfStep(step), { signal: ctx.signal });
    if (live !== null) throw new PortalError("PRECONDITION", "requests.objectStillThere", { id: request.id, kind, name });
  }
}
