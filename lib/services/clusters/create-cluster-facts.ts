import { checkAgainstBlueprint } from "../../domain/clusters/check-against-blueprint.ts";
import { overlaps, parseCidr } from "../../domain/clusters/cidr.ts";
import type { ClusterQuota } from "../../domain/clusters/cluster-quota.ts";
import type { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import { eksNameOf, teamNamespace } from "../../domain/clusters/eks-name.ts";
import type { RequestId, TeamId } from "../../domain/ids.ts";
import { type Message, message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { type Target, targetKey } from "../../domain/requests/request.ts";
import type { BootstrapAccount, Prices } from "../../domain/tenancy/bootstrap.ts";
import { identityAllows, identityRef, namespaceRef } from "../../manifests/clusters/cluster-ref.ts";
import type { Context } from "../context.ts";
import { findHolders, nameTaken, requireFreeObject } from "./check-names.ts";
import { findPrices, requireAccount, requireBlueprint } from "./read-catalog.ts";
import { readQuota, requireQuota } from "./read-quota.ts";

/** What the plan of a new cluster depends on, read once before it is rendered. */
export type CreateClusterFacts = {
  readonly team: TeamId;
  readonly target: Target;
  readonly clusterUid: string;
  readonly account: BootstrapAccount;
  readonly prices: Prices | null;
  readonly quota: ClusterQuota;
  readonly warnings: readonly Message[];
};

/**
 * Reads and checks everything a new cluster depends on. `INVALID` with one problem per field, `CONFLICT` `clusters.nameTaken` /
 * `clusters.nameReserved`, `PRECONDITION` `clusters.quota`, `clusters.blueprintWithdrawn`, `clusters.namespaceMissing`,
 * `clusters.identityMissing`, `UNAVAILABLE` when a management cluster does not answer.
 */
export async function observeCreateCluster(
  ctx: Context,
  input: CreateClusterInput,
  team: TeamId | null,
  own?: RequestId,
): Promise<CreateClusterFacts> {
  if (team === null) throw new PortalError("INVALID", "clusters.teamMissing", {}, { fields: [{ path: "team", key: "input.missing" }] });
  const [blueprint, account] = await Promise.all([
    requireBlueprint(ctx.db.read, input.blueprint),
    requireAccount(ctx.db.read, input.account, team),
  ]);
  const fields = checkAgainstBlueprint({ input, blueprint: blueprint.data, account, team });
  if (fields.length > 0) throw new PortalError("INVALID", "clusters.refused", { count: fields.length }, { fields });
  const target = createTarget(ctx, team, input.name);
  await Promise.all([requireFreeName(ctx, { target, account }, own ?? null), requireTenancy(ctx, target, input.account)]);
  const [clusterUid, quota, prices] = await Promise.all([
    ctx.kube.managementCluster(target.managementCluster).clusterUid({ signal: ctx.signal }),
    readQuota(ctx, team, targetKey(target)),
    findPrices(ctx.db.read),
  ]);
  requireQuota(quota, team);
  return { team, target, clusterUid, account, prices, quota, warnings: overlapWarnings(ctx, input, account) };
}

function createTarget(ctx: Context, team: TeamId, name: string): Target {
  const managementCluster = ctx.kube.ids()[0];
  if (managementCluster === undefined) throw new PortalError("PRECONDITION", "clusters.noManagementCluster");
  return { managementCluster, namespace: teamNamespace(team), name };
}

// The database has the last word on reservations: this look is early, for the form.
async function requireFreeName(
  ctx: Context,
  { target, account }: { readonly target: Target; readonly account: BootstrapAccount },
  own: RequestId | null,
): Promise<void> {
  const names = { target, awsAccountId: account.awsAccountId, region: account.region, eksName: eksNameOf(target.namespace, target.name) };
  const obstacle = (await findHolders(ctx, names)).find(({ id }) => id !== own);
  if (obstacle !== undefined) throw nameTaken(target.name, { request: obstacle.id });
  await requireFreeObject(ctx, names, own);
}

/** The team's namespace and identity must be there: CAPA only falls silent without them (cluster-api.md §3.3). */
export async function requireTenancy(ctx: Context, target: Target, account: string): Promise<void> {
  const kube = ctx.kube.managementCluster(target.managementCluster);
  const options = { signal: ctx.signal };
  const [namespace, identity] = await Promise.all([
    kube.find(namespaceRef(target.namespace), options),
    kube.find(identityRef(target.namespace, account), options),
  ]);
  if (namespace === null) throw new PortalError("PRECONDITION", "clusters.namespaceMissing", { namespace: target.namespace });
  const { name } = identityRef(target.namespace, account);
  if (identity === null || !identityAllows(identity, target.namespace))
    throw new PortalError("PRECONDITION", "clusters.identityMissing", { identity: name, namespace: target.namespace, account });
}

/** Overlapping VPCs work, but can never be peered: the requester and the approver should know. */
function overlapWarnings(ctx: Context, { network, account: accountId }: CreateClusterInput, account: BootstrapAccount): Message[] {
  const wanted = network.mode === "managed" ? parseCidr(network.cidr) : null;
  if (wanted === null) return [];
  const others = [
    ...[...ctx.clusters.values()]
      .filter((one) => one.account === accountId)
      .map((one) => ({ name: one.name, cidr: one.controlPlane?.vpcCidr ?? null })),
    ...account.vpcs.map((vpc) => ({ name: vpc.id, cidr: vpc.cidr })),
  ];
  return others.flatMap(({ name, cidr }) => {
    const other = cidr === null ? null : parseCidr(cidr);
    return other !== null && overlaps(wanted, other) ? [message("clusters.warning.cidrOverlap", { other: name, cidr: cidr ?? "" })] : [];
  });
}
