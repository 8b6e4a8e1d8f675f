import type { RequestRecord } from "../../adapters/database/port.ts";
import { eksNameKey } from "../../domain/clusters/eks-name.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { type Target, targetKey } from "../../domain/requests/request.ts";
import { clusterRef } from "../../manifests/clusters/cluster-ref.ts";
import { provenanceOf } from "../../manifests/provenance.ts";
import type { Context } from "../context.ts";

export type NamesToCheck = { readonly target: Target; readonly awsAccountId: string; readonly region: string; readonly eksName: string };

/** Who holds the two reserved names of a cluster in the portal's own registry. */
export async function findHolders(ctx: Context, names: NamesToCheck): Promise<readonly RequestRecord[]> {
  const [name, awsName] = await Promise.all([
    ctx.db.read.requests.findReservation({ name: targetKey(names.target) }),
    ctx.db.read.requests.findReservation({ awsName: eksNameKey(names) }),
  ]);
  return [name, awsName].flatMap((holder) => holder ?? []);
}

/**
 * Is the name free in every management cluster: in what the watches saw, and live? An object written by `ownRequest` is no obstacle.
 * `CONFLICT` `clusters.nameTaken` names where; `UNAVAILABLE` when a management cluster does not answer. EKS itself is not asked.
 */
export async function requireFreeObject(ctx: Context, names: NamesToCheck, ownRequest: string | null): Promise<void> {
  const { namespace, name } = names.target;
  const live = await Promise.all(
    ctx.kube
      .ids()
      .map(async (id) => ({ id, object: await ctx.kube.managementCluster(id).find(clusterRef(namespace, name), { signal: ctx.signal }) })),
  );
  const foreign = live.find(({ object }) => object !== null && !isOwn(object, ownRequest));
  if (foreign !== undefined) throw nameTaken(name, { where: foreign.id });
  const sameEks = [...ctx.clusters.values()].find(
    (one) =>
      one.controlPlane?.eksName === names.eksName &&
      one.controlPlane.region === names.region &&
      `${one.namespace}/${one.name}` !== `${namespace}/${name}`,
  );
  if (sameEks !== undefined) throw nameTaken(name, { where: `${sameEks.namespace}/${sameEks.name}` });
}

function isOwn(object: KubeObject, ownRequest: string | null): boolean {
  return ownRequest !== null && provenanceOf(object)?.requestId === ownRequest;
}

/** `CONFLICT`: the name is held by an object (`where`) or by an open request. */
export function nameTaken(name: string, by: { readonly where: string } | { readonly request: string }): PortalError {
  const key = "where" in by ? "clusters.nameTaken" : "clusters.nameReserved";
  const field = "where" in by ? "clusters.field.nameTaken" : "clusters.field.nameReserved";
  return new PortalError("CONFLICT", key, { name, ...by }, { fields: [{ path: "name", key: field, values: { name, ...by } }] });
}
