import { PortalError } from "../../domain/portal-error.ts";
import { hashOfJson } from "../../domain/requests/content-hash.ts";
import type { Base, KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import { intentOf } from "../../manifests/intent.ts";
import { equalJson } from "../../manifests/json-shape.ts";
import { buildTenancyObjects } from "../../manifests/tenancy/build-tenancy-objects.ts";
import {
  ACCOUNT_IDENTITY,
  CONTROL_PLANE_KIND,
  identityUsedBy,
  isManaged,
  MANAGED_LABELS,
  refOf,
} from "../../manifests/tenancy/tenancy-refs.ts";
import type { Context } from "../context.ts";

/** An object whose intent differs from what is there, with what it was. */
export type TenancyChange = { readonly object: KubeObject; readonly base: Base };
export type TenancyFacts = {
  readonly managementCluster: string;
  readonly clusterUid: string;
  readonly applies: readonly TenancyChange[];
  readonly deletes: readonly { readonly ref: ObjectRef; readonly base: Base }[];
};

type Cluster = ReturnType<Context["kube"]["managementCluster"]>;

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
    kube.list({ ...ACCOUNT_IDENTITY, labels: MANAGED_LABELS }, options),
    Promise.all(wanted.map(async (object) => ({ object, live: await kube.find(refOf(object), options) }))),
  ]);
  const applies = await Promise.all(looks.map(({ object, live }) => toChange(object, live)));
  const names = new Set(wanted.filter(({ kind }) => kind === ACCOUNT_IDENTITY.kind).map(({ metadata }) => metadata.name));
  const withdrawn = identities.filter(({ metadata }) => !names.has(metadata.name));
  const unused = await findUnused(kube, withdrawn, ctx.signal);
  const deletes = await Promise.all(unused.map(async (live) => ({ ref: refOf(live), base: await baseOf(live) })));
  return { managementCluster, clusterUid, applies: applies.filter((change) => change !== null), deletes };
}

async function buildWanted({ db, settings }: Context): Promise<readonly KubeObject[]> {
  const [teams, accounts] = await Promise.all([db.read.tenancy.listTeams(), db.read.tenancy.listAccounts()]);
  const grants = accounts.flatMap(({ id, awsAccountId, roleArn, externalId, teams: granted }) =>
    granted.map((team) => ({ team, accountId: id, awsAccountId, roleArn, externalId })),
  );
  return buildTenancyObjects({ teams, grants, portalUser: settings.kubernetesUser });
}

async function toChange(object: KubeObject, live: KubeObject | null): Promise<TenancyChange | null> {
  if (live === null) return { object, base: "absent" };
  if (!isManaged(live)) throw new PortalError("CONFLICT", "tenancy.notOurs", { kind: object.kind, name: object.metadata.name });
  return equalJson(intentOf(live), intentOf(object)) ? null : { object, base: await baseOf(live) };
}

async function baseOf(live: KubeObject): Promise<Base> {
  return { uid: String(live.metadata["uid"]), intentHash: await hashOfJson(intentOf(live)) };
}

// Asked of the API server and not of the watch cache: an empty cache would take the identity from under a running cluster.
async function findUnused(kube: Cluster, identities: readonly KubeObject[], signal: AbortSignal): Promise<readonly KubeObject[]> {
  if (identities.length === 0) return [];
  const used = new Set((await kube.list(CONTROL_PLANE_KIND, { signal })).map(identityUsedBy));
  return identities.filter(({ metadata }) => !used.has(metadata.name));
}
