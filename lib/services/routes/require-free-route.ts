import type { RequestId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Target } from "../../domain/requests/request.ts";
import { ROUTE_KINDS } from "../../domain/routes/observed-route.ts";
import { provenanceOf } from "../../manifests/provenance.ts";
import { routeObjectRef } from "../../manifests/routes/object-refs.ts";
import type { Context } from "../context.ts";
import { routeKey } from "./route-target.ts";

/** No open request and no route object of any kind has this name. `CONFLICT` `routeRequests.nameTaken`. The database has the last word on reservations. */
export async function requireFreeRoute(ctx: Context, target: Target, own: RequestId | null): Promise<void> {
  const { managementCluster, namespace, name } = target;
  const holder = await ctx.db.read.requests.findReservation({ name: routeKey(target) });
  if (holder !== null && holder.id !== own) throw nameTaken(name);
  const kube = ctx.kube.cluster(managementCluster);
  const live = await Promise.all(ROUTE_KINDS.map((kind) => kube.find(routeObjectRef(kind, { namespace, name }), { signal: ctx.signal })));
  if (live.some((object) => object !== null && (own === null || provenanceOf(object)?.requestId !== own))) throw nameTaken(name);
}

function nameTaken(name: string): PortalError {
  const values = { name };
  return new PortalError("CONFLICT", "routeRequests.nameTaken", values, {
    fields: [{ path: "name", key: "routeRequests.nameTaken", values }],
  });
}
