import type { RequestState } from "../../domain/requests/request.ts";
import { TENANCY_BOOTSTRAP } from "../../domain/tenancy/check-bootstrap.ts";
import type { Context } from "../context.ts";
import { submitSystemRequest } from "../requests/submit-system-request.ts";
import { observeTenancy } from "./tenancy-facts.ts";

const PURPOSE =
  "Bring teams, quotas, account identities and the portal's own binding to this management cluster as the bootstrap file says.";

/** A request made for one management cluster. */
export type TenancyDelivery = { readonly managementCluster: string; readonly request: string; readonly state: RequestState };

/**
 * Submits `tenancy.bootstrap` for every management cluster where something differs; the delivery worker carries it out. Returns what was submitted, nothing
 * when all is as it should be. `UNAVAILABLE` when a management cluster does not answer: call again later. For the system actor `bootstrap`.
 */
export async function deliverTenancy(ctx: Context): Promise<readonly TenancyDelivery[]> {
  const deliveries: TenancyDelivery[] = [];
  for (const managementCluster of ctx.kube.ids()) {
    const { applies, deletes } = await observeTenancy(ctx, managementCluster);
    if (applies.length + deletes.length === 0) continue;
    const request = await submitSystemRequest.execute({ kind: TENANCY_BOOTSTRAP, purpose: PURPOSE, input: { managementCluster } }, ctx);
    deliveries.push({ managementCluster, request: request.id, state: request.state });
  }
  return deliveries;
}
