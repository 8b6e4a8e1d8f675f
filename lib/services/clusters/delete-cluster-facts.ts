import type { DeleteClusterInput } from "../../domain/clusters/delete-cluster-input.ts";
import { teamOfNamespace } from "../../domain/clusters/eks-name.ts";
import type { TeamId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { hashOfJson } from "../../domain/requests/content-hash.ts";
import type { Base, KubeObject, Plan } from "../../domain/requests/plan.ts";
import type { Target } from "../../domain/requests/request.ts";
import { clusterRef } from "../../manifests/clusters/cluster-ref.ts";
import { intentOf } from "../../manifests/intent.ts";
import { isObject } from "../../manifests/json-shape.ts";
import { MANAGED_BY, TRELLIS } from "../../manifests/keys.ts";
import type { Context } from "../context.ts";
import { requireSameClusters } from "./create-cluster-fresh.ts";

/** What the plan of a deletion depends on, and what will be lost by it. */
export type DeleteClusterFacts = {
  readonly target: Target;
  readonly clusterUid: string;
  readonly base: Base;
  readonly pools: number;
  readonly nodes: number;
};

/**
 * Reads the Cluster that is to go. `NOT_FOUND` when there is none, `PRECONDITION` `clusters.notManaged` when Trellis did not make it,
 * `CONFLICT` `clusters.alreadyDeleting`, `UNAVAILABLE` when the management cluster does not answer.
 */
export async function observeDeleteCluster(ctx: Context, input: DeleteClusterInput, team: TeamId | null): Promise<DeleteClusterFacts> {
  const { namespace, name } = input;
  if (teamOfNamespace(namespace) !== team) throw new PortalError("NOT_FOUND", "notFound");
  const observed = ctx.clusters.find(namespace, name);
  const managementCluster = observed?.managementCluster ?? ctx.kube.ids()[0];
  if (managementCluster === undefined) throw new PortalError("NOT_FOUND", "notFound");
  const target: Target = { managementCluster, namespace, name };
  const kube = ctx.kube.managementCluster(managementCluster);
  const [live, clusterUid] = await Promise.all([requireDeletable(ctx, target), kube.clusterUid({ signal: ctx.signal })]);
  const pools = observed?.pools ?? [];
  return {
    target,
    clusterUid,
    base: await baseOf(live),
    pools: pools.length,
    nodes: pools.reduce((sum, pool) => sum + pool.readyReplicas, 0),
  };
}

/** The Cluster must still be what the approvers saw: same object, same intent. `CONFLICT` `clusters.changedSince` otherwise. */
export async function requireFreshDelete(ctx: Context, _input: DeleteClusterInput, plan: Plan): Promise<void> {
  const [live] = await Promise.all([requireDeletable(ctx, plan.target), requireSameClusters(ctx, plan)]);
  const base = await baseOf(live);
  const planned = plan.steps.find((step) => step.op === "delete")?.base;
  const isSame =
    typeof base === "object" && typeof planned === "object" && base.uid === planned.uid && base.intentHash === planned.intentHash;
  if (!isSame) throw new PortalError("CONFLICT", "clusters.changedSince", { name: plan.target.name });
}

async function requireDeletable(ctx: Context, { managementCluster, namespace, name }: Target): Promise<KubeObject> {
  const live = await ctx.kube.managementCluster(managementCluster).find(clusterRef(namespace, name), { signal: ctx.signal });
  if (live === null) throw new PortalError("NOT_FOUND", "notFound");
  const labels = isObject(live.metadata["labels"]) ? live.metadata["labels"] : {};
  if (labels[MANAGED_BY] !== TRELLIS) throw new PortalError("PRECONDITION", "clusters.notManaged", { name });
  if (live.metadata["deletionTimestamp"] !== undefined) throw new PortalError("CONFLICT", "clusters.alreadyDeleting", { name });
  return live;
}

async function baseOf(live: KubeObject): Promise<Base> {
  return { uid: String(live.metadata["uid"]), intentHash: await hashOfJson(intentOf(live)) };
}
