import { z } from "zod";
import type { RequestRecord } from "../../adapters/database/port.ts";
import type { ObservedRoute } from "../../domain/routes/observed-route.ts";
import type { Scope } from "../../domain/tenancy/permissions.ts";
import type { Context, TransactionContext } from "../context.ts";
import { readOpenRouteRequests } from "./open-route-requests.ts";
import { canSeeRoute, routeScope } from "./visible-routes.ts";

/** How pages and REST name a route. */
export const RouteAddress = z.strictObject({ namespace: z.string().min(1).max(63), name: z.string().min(1).max(253) });
export type RouteAddress = z.infer<typeof RouteAddress>;

type Reads = Pick<TransactionContext, "tx" | "actor"> & Pick<Context, "routes">;

/** What there is of a route: its objects, the open requests about it, or nothing. */
export type FoundRoute = {
  readonly observed: ObservedRoute | undefined;
  readonly create: RequestRecord | undefined;
  readonly change: RequestRecord | undefined;
  readonly remove: RequestRecord | undefined;
};

export async function findRoute({ namespace, name }: RouteAddress, { tx, routes }: Pick<Reads, "tx" | "routes">): Promise<FoundRoute> {
  const open = await readOpenRouteRequests(tx);
  const isIt = ({ target }: RequestRecord) => target.namespace === namespace && target.name === name;
  return {
    observed: routes.find(namespace, name),
    create: [...open.create.values()].find(isIt),
    change: [...open.change.values()].find(isIt),
    remove: [...open.delete.values()].find(isIt),
  };
}

/** What decides who may see it: the observed route, else the request to create it. */
export function seenRoute({ namespace }: RouteAddress, { observed, create }: Pick<FoundRoute, "observed" | "create">) {
  return observed ?? (create === undefined ? undefined : { namespace, managed: true, visibility: create.visibility });
}

/** The owner; null when there is no such route and no open request for one, or when the actor may not know of it. */
export async function visibleRouteScope(input: RouteAddress, reads: Reads): Promise<Scope | null> {
  const seen = seenRoute(input, await findRoute(input, reads));
  return seen !== undefined && canSeeRoute(reads.actor, seen) ? routeScope(input.namespace) : null;
}

/** The owner, for what only she and platform admins may have. */
export async function ownRouteScope(input: RouteAddress, reads: Reads): Promise<Scope | null> {
  const { observed, create } = await findRoute(input, reads);
  return observed === undefined && create === undefined ? null : routeScope(input.namespace);
}
