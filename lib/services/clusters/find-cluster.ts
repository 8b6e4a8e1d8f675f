import { z } from "zod";
import type { RequestRecord } from "../../adapters/database/port.ts";
import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";
import type { Scope } from "../../domain/tenancy/permissions.ts";
import type { Context, TransactionContext } from "../context.ts";
import { readOpenRequests } from "./open-cluster-requests.ts";
import { canSeeCluster, clusterScope } from "./visible-clusters.ts";

/** How pages and REST name a cluster. */
export const ClusterName = z.strictObject({ namespace: z.string().min(1).max(63), name: z.string().min(1).max(253) });
export type ClusterName = z.infer<typeof ClusterName>;

type Reads = Pick<TransactionContext, "tx" | "actor"> & Pick<Context, "clusters">;

/** What there is of a cluster: its objects, the open requests about it, or nothing. */
export type FoundCluster = {
  readonly observed: ObservedCluster | undefined;
  readonly create: RequestRecord | undefined;
  readonly remove: RequestRecord | undefined;
};

export async function findCluster(
  { namespace, name }: ClusterName,
  { tx, clusters }: Pick<Reads, "tx" | "clusters">,
): Promise<FoundCluster> {
  const open = await readOpenRequests(tx);
  const isIt = ({ target }: RequestRecord) => target.namespace === namespace && target.name === name;
  return {
    observed: clusters.find(namespace, name),
    create: [...open.create.values()].find(isIt),
    remove: [...open.delete.values()].find(isIt),
  };
}

/** The owner; null when there is no such cluster and no open request for one, or when the actor may not know of it. */
export async function visibleClusterScope(input: ClusterName, reads: Reads): Promise<Scope | null> {
  const { observed, create } = await findCluster(input, reads);
  const seen =
    observed ?? (create === undefined ? undefined : { namespace: input.namespace, managed: true, visibility: create.visibility });
  return seen !== undefined && canSeeCluster(reads.actor, seen) ? clusterScope(input.namespace) : null;
}

/** The owner, for what only she and platform admins may have. */
export async function ownClusterScope(input: ClusterName, reads: Reads): Promise<Scope | null> {
  const { observed, create } = await findCluster(input, reads);
  return observed === undefined && create === undefined ? null : clusterScope(input.namespace);
}
