import { PortalError } from "../../domain/portal-error.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import type { Context } from "../context.ts";

/** The address of each destination must still lead to the cluster that was meant. `PRECONDITION` `routeRequests.clusterChanged`; `UNAVAILABLE` when one does not answer. */
export async function requireSameDestinations(ctx: Context, { destinations }: Plan): Promise<void> {
  await Promise.all(
    destinations.map(async ({ id, clusterUid }) => {
      const now = await ctx.kube.cluster(id).clusterUid({ signal: ctx.signal });
      if (now !== clusterUid) throw new PortalError("PRECONDITION", "routeRequests.clusterChanged", { cluster: id });
    }),
  );
}
