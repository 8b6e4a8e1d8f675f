import { z } from "zod";
import type { ObservedRoute } from "../../domain/routes/observed-route.ts";
import { routeKey } from "../../domain/routes/route-row.ts";
import type { Scope } from "../../domain/tenancy/permissions.ts";
import type { Context, TransactionContext } from "../context.ts";
import { readNetworking } from "../routes/read-networking.ts";
import { canSeeRoute, routeScope } from "../routes/visible-routes.ts";
import { visibleForeign } from "./directory-items.ts";
import type { NamedForeign } from "./foreign-services.ts";

/** How pages and REST name a service: a route's own address, or `aws.<account>` and the name of a Lattice service. */
export const DirectoryAddress = z.strictObject({ namespace: z.string().min(1).max(63), name: z.string().min(1).max(253) });
export type DirectoryAddress = z.infer<typeof DirectoryAddress>;

type Reads = Pick<TransactionContext, "tx" | "actor" | "clock"> & Pick<Context, "routes" | "facts" | "clusters">;

export type FoundService =
  | { readonly source: "route"; readonly key: string; readonly observed: ObservedRoute }
  | { readonly source: "lattice"; readonly foreign: NamedForeign };

/** Null when there is no such service or the actor may not know of it: the same. */
export async function findDirectoryService({ namespace, name }: DirectoryAddress, reads: Reads): Promise<FoundService | null> {
  if (!namespace.startsWith("aws.")) {
    const observed = reads.routes.find(namespace, name);
    return observed !== undefined && canSeeRoute(reads.actor, observed) ? { source: "route", key: routeKey(observed), observed } : null;
  }
  const seen = visibleForeign(reads, await readNetworking(reads.tx));
  const foreign = seen.find((one) => `aws.${one.service.owner}` === namespace && one.name === name);
  return foreign === undefined ? null : { source: "lattice", foreign };
}

export async function directoryScope(input: DirectoryAddress, reads: Reads): Promise<Scope | null> {
  const found = await findDirectoryService(input, reads);
  if (found === null) return null;
  return found.source === "route" ? routeScope(input.namespace) : { type: "installation" };
}
