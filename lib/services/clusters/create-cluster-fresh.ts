import type { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import { eksNameKey, teamOfNamespace } from "../../domain/clusters/eks-name.ts";
import { type RequestId, TeamId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { contentHash, planBytes } from "../../domain/requests/content-hash.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import { targetKey } from "../../domain/requests/request.ts";
import { readAwsNames } from "../../manifests/clusters/read-aws-names.ts";
import type { Context } from "../context.ts";
import { findHolders, nameTaken, requireFreeObject } from "./check-names.ts";
import { requireTenancy } from "./create-cluster-facts.ts";
import { withdrawn } from "./read-catalog.ts";
import { readQuota, requireQuota } from "./read-quota.ts";

/**
 * What must still hold at approval and once before delivery (product.md §5): names reserved by this plan and free, quota, blueprint not
 * withdrawn, tenancy there, the same management cluster. Throws as `observeCreateCluster`.
 */
export async function requireFreshCreate(ctx: Context, input: CreateClusterInput, plan: Plan, own?: RequestId): Promise<void> {
  const team = TeamId.parse(teamOfNamespace(plan.target.namespace));
  await Promise.all([
    requireBlueprintOffered(ctx, plan),
    requireOwnNames(ctx, plan, own ?? null),
    requireTenancy(ctx, plan.target, input.account),
    requireSameClusters(ctx, plan),
  ]);
  requireQuota(await readQuota(ctx, team, targetKey(plan.target)), team);
}

async function requireBlueprintOffered(ctx: Context, plan: Plan): Promise<void> {
  const [id = "", version = ""] = (plan.blueprintVersion ?? "").split("@");
  const record = await ctx.db.read.tenancy.findBlueprint(id, Number(version));
  if (record === null || record.withdrawnAt !== null) throw withdrawn(id, Number(version));
}

async function requireOwnNames(ctx: Context, plan: Plan, own: RequestId | null): Promise<void> {
  const { target } = plan;
  const aws = readAwsNames(plan.steps.flatMap((step) => (step.op === "apply" ? [step.object] : [])));
  if (aws === null) throw new PortalError("PRECONDITION", "clusters.planIncomplete");
  const names = { target, ...aws };
  const [holders, hash] = await Promise.all([findHolders(ctx, names), contentHash(planBytes(plan))]);
  const isOwn = (holder: { readonly id: string; readonly contentHash: string }) =>
    own === null ? holder.contentHash === hash : holder.id === own;
  const foreign = holders.find((holder) => !isOwn(holder));
  if (foreign !== undefined) throw nameTaken(target.name, { request: foreign.id });
  const holder = holders[0];
  if (holder === undefined)
    throw new PortalError("PRECONDITION", "clusters.reservationLost", { name: target.name, awsName: eksNameKey(aws) });
  await requireFreeObject(ctx, names, holder.id);
}

/** The address may by now lead to another management cluster. */
export async function requireSameClusters(ctx: Context, plan: Plan): Promise<void> {
  await Promise.all(
    plan.destinations.map(async ({ id, clusterUid }) => {
      const now = await ctx.kube.managementCluster(id).clusterUid({ signal: ctx.signal });
      if (now !== clusterUid) throw new PortalError("PRECONDITION", "clusters.managementClusterChanged", { managementCluster: id });
    }),
  );
}
