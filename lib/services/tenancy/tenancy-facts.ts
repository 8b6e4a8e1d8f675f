import { isPortalError, PortalError } from "../../domain/portal-error.ts";
import { hashOfJson } from "../../domain/requests/content-hash.ts";
import type { Base, KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import { Networking } from "../../domain/tenancy/networking.ts";
import { intentOf } from "../../manifests/intent.ts";
import { equalJson } from "../../manifests/json-shape.ts";
import { buildTenancyObjects } from "../../manifests/tenancy/build-tenancy-objects.ts";
import {
  ACCOUNT_IDENTITY,
  CONTROL_PLANE_KIND,
  identityUsedBy,
  isGatewayClassAtWork,
  isManaged,
  isOfGatewayApi,
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
  /** Kinds of Gateway API that this management cluster does not serve: their objects are left out. */
  readonly missingKinds: readonly string[];
};

type Cluster = ReturnType<Context["kube"]["managementCluster"]>;

/**
 * Compares what teams and accounts imply on a management cluster with what is there. Identities of grants that were withdrawn go once no cluster uses them any more.
 * `CONFLICT` `tenancy.notOurs` when an object of that name is not Trellis's · `UNAVAILABLE` when the cluster does not answer.
 */
export async function observeTenancy(ctx: Context, managementCluster: string): Promise<TenancyFacts> {
  const kube = ctx.kube.managementCluster(managementCluster);
  const options = { signal: ctx.signal };
  const wanted = await buildWanted(ctx, managementCluster);
  const [clusterUid, identities, looks] = await Promise.all([
    kube.clusterUid(options),
    kube.list({ ...ACCOUNT_IDENTITY, labels: MANAGED_LABELS }, options),
    Promise.all(wanted.map((object) => look(kube, object, ctx.signal))),
  ]);
  const missingKinds = [...new Set(looks.flatMap(({ object, live }) => (live === "not-served" ? [object.kind] : [])))].sort();
  const applies = await Promise.all(looks.map(async ({ object, live }) => (live === "not-served" ? null : toChange(object, live))));
  const names = new Set(wanted.filter(({ kind }) => kind === ACCOUNT_IDENTITY.kind).map(({ metadata }) => metadata.name));
  const withdrawn = identities.filter(({ metadata }) => !names.has(metadata.name));
  const unused = await findUnused(kube, withdrawn, ctx.signal);
  const deletes = await Promise.all(unused.map(async (live) => ({ ref: refOf(live), base: await baseOf(live) })));
  return { managementCluster, clusterUid, applies: applies.filter((change) => change !== null), deletes, missingKinds };
}

async function buildWanted({ db, settings }: Context, managementCluster: string): Promise<readonly KubeObject[]> {
  const [teams, accounts, stored] = await Promise.all([
    db.read.tenancy.listTeams(),
    db.read.tenancy.listAccounts(),
    db.read.tenancy.networking(),
  ]);
  const grants = accounts.flatMap(({ id, awsAccountId, roleArn, externalId, teams: granted }) =>
    granted.map((team) => ({ team, accountId: id, awsAccountId, roleArn, externalId })),
  );
  const { lattice, serviceNetworks } = Networking.parse(stored);
  const isHere = ({ account }: { readonly account: string }) =>
    lattice.some((one) => one.account === account && one.managementCluster === managementCluster);
  const networks = serviceNetworks.filter(isHere);
  return buildTenancyObjects({ teams, grants, networks, portalUser: settings.kubernetesUser });
}

type Look = { readonly object: KubeObject; readonly live: KubeObject | "not-served" | null };

/** A management cluster without Gateway API still gets its teams: routes cannot be made there, and the plan says so. */
async function look(kube: Cluster, object: KubeObject, signal: AbortSignal): Promise<Look> {
  try {
    return { object, live: await kube.find(refOf(object), { signal }) };
  } catch (error) {
    if (isOfGatewayApi(object) && isPortalError(error) && error.key === "kubernetes.kindMissing") return { object, live: "not-served" };
    throw error;
  }
}

async function toChange(object: KubeObject, live: KubeObject | null): Promise<TenancyChange | null> {
  if (live === null) return { object, base: "absent" };
  if (isGatewayClassAtWork(live) && !isManaged(live)) return null;
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
