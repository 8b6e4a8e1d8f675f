import { PortalError } from "../../domain/portal-error.ts";
import { hashOfJson } from "../../domain/requests/content-hash.ts";
import type { Base, KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import { INFRASTRUCTURE } from "../../manifests/api-groups.ts";
import { intentOf } from "../../manifests/intent.ts";
import { equalJson } from "../../manifests/json-shape.ts";
import { MANAGED_BY, TRELLIS } from "../../manifests/keys.ts";
import { buildTenancyObjects } from "../../manifests/tenancy/build-tenancy-objects.ts";
import type { Context } from "../context.ts";

/** An object whose intent differs from what is there, with what it was. */
export type TenancyChange = { readonly object: KubeObject; readonly base: Base };
export type TenancyFacts = { readonly managementCluster: string; readonly clusterUid: string; readonly applies: readonly TenancyChange[]; readonly deletes: readonly { readonly ref: ObjectRef; readonly base: Base }[] };

const IDENTITY = { apiVersion: INFRASTRUCTURE, kind: "AWSClusterRoleIdentity" };

/**
 * Compares what teams and accounts imply on a management cluster with what is there. Identities of grants that were withdrawn go once no cluster uses them any more.
 * `CONFLICT` `tenancy.notOurs` when an object of that name is not Trellis's · `UNAVAILABLE` when the cluster does not answer.
 */
export async function observeTenancy(ctx: Context, managementCluster: string): Promise<TenancyFacts> {
  const kube = ctx.kube.managementCluster(managementCluster);
  const options = { signal: ctx.signal };
  const wanted = await buildWanted(ctx);
  const [clusterUid, identities, looks] = await Promise.all([
    kube.clusterUid(options),
    kube.list({ ...IDENTITY, labels: { [MANAGED_BY]: TRELLIS } }, options),
    Promise.all(wanted.map(async (object) => ({ object, live: await kube.find(toRef(object), options) }))),
  ]);
  const applies = await Promise.all(looks.map(({ object, live }) => toChange(object, live)));
  const names = new Set(wanted.filter(({ kind }) => kind === IDENTITY.kind).map(({ metadata }) => metadata.name));
  const unused = identities.filter(({ metadata }) => !names.has(metadata.name) && !isUsed(ctx, metadata.name));
  const deletes = await Promise.all(unused.map(async (live) => ({ ref: { ...IDENTITY, name: live.metadata.name }, base: await baseOf(live) })));
  return { managementCluster, clusterUid, applies: applies.filter((change) => change !== null), deletes };
}

async function buildWanted({ db, settings }: Context): Promise<readonly KubeObject[]> {
  const [teams, accounts] = await Promise.all([db.read.tenancy.listTeams(), db.read.tenancy.listAccounts()]);
  const grants = accounts.flatMap(({ id, awsAccountId, roleArn, externalId, teams: granted }) => granted.map((team) => ({ team, accountId: id, awsAccountId, roleArn, externalId })));
  return buildTenancyObjects({ teams, grants, portalUser: settings.kubernetesUser });
}

async function toChange(object: KubeObject, live: KubeObject | null): Promise<TenancyChange | null> {
  if (live === null) return { object, base: "absent" };
  const labels = live.metadata["labels"];
  const isOurs = typeof labels === "object" && labels !== null && MANAGED_BY in labels && labels[MANAGED_BY] === TRELLIS;
  if (!isOurs) throw new PortalError("CONFLICT", "tenancy.notOurs", { kind: object.kind, name: object.metadata.name });
  return equalJson(intentOf(live), intentOf(object)) ? null : { object, base: await baseOf(live) };
}

async function baseOf(live: KubeObject): Promise<Base> {
  return { uid: String(live.metadata["uid"]), intentHash: await hashOfJson(intentOf(live)) };
}

function isUsed({ clusters }: Context, identity: string): boolean {
  return [...clusters.values()].some(({ controlPlane }) => controlPlane?.identity?.name === identity);
}

function toRef({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): ObjectRef {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
