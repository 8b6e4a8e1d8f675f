import { PortalError } from "../../domain/portal-error.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import type { Target } from "../../domain/requests/request.ts";
import { ROUTE_KINDS } from "../../domain/routes/observed-route.ts";
import type { RouteRef, RouteSpec } from "../../domain/routes/route-input.ts";
import { MANAGED_BY, ROUTE, TEAM, TRELLIS } from "../../manifests/keys.ts";
import { IMPORT_KINDS, POLICY_KINDS, routeObjectRef } from "../../manifests/routes/object-refs.ts";
import { SERVICE_EXPORTS, TARGET_GROUP_POLICIES } from "../../manifests/routes/provider-kinds.ts";
import { type ReadRouteSpec, readRouteSpec } from "../../manifests/routes/read-route-spec.ts";
import { IMPORT_CLUSTER, SERVICE_NAME_OVERRIDE } from "../../manifests/routes/route-keys.ts";
import { listAt, textAt, textMapAt } from "../../manifests/safe-read.ts";
import { isManaged } from "../../manifests/tenancy/tenancy-refs.ts";
import type { Context } from "../context.ts";
import { CHANGE_ROUTE, CREATE_ROUTE, teamOfRoute } from "./route-target.ts";

/** An object of a route and the cluster it stands in. */
export type Placed = { readonly destination: string; readonly object: KubeObject };

/** Everything that carries a route's labels, asked of the API servers now. `lost` are provider clusters that are gone. */
export type LiveRoute = {
  readonly target: Target;
  /** Null while, or after, the route object itself is not there: a delivery may have stopped before it. */
  readonly route: KubeObject | null;
  readonly network: string | null;
  readonly serviceName: string | null;
  readonly policies: readonly Placed[];
  readonly imports: readonly Placed[];
  readonly exports: readonly Placed[];
  readonly lost: readonly string[];
};

const ROUTE_REQUESTS = [CREATE_ROUTE, CHANGE_ROUTE];
const PLANS = 50;

/**
 * Reads a route with all its parts. `NOT_FOUND` when nothing of it is there · `PRECONDITION` `routeRequests.notManaged` for somebody else's
 * route object · `CONFLICT` `routeRequests.alreadyDeleting` · `UNAVAILABLE` when a cluster does not answer.
 */
export async function readLiveRoute(ctx: Context, { namespace, name }: RouteRef): Promise<LiveRoute> {
  const managementCluster = ctx.routes.find(namespace, name)?.managementCluster ?? ctx.kube.ids()[0] ?? "";
  const target: Target = { managementCluster, namespace, name };
  const route = await findRouteObject(ctx, target);
  const here = await listHere(ctx, target);
  const { destinations, lost } = await providersOf(ctx, target, here.imports);
  const exports = (await Promise.all(destinations.map((destination) => listExports(ctx, target, destination)))).flat();
  const live = { ...here, exports };
  if (route === null && [...live.policies, ...live.imports, ...live.exports].length === 0) throw new PortalError("NOT_FOUND", "notFound");
  return {
    target,
    route,
    network: route === null ? null : textAt(listAt(route, "spec", "parentRefs")[0], "name"),
    serviceName: route === null ? null : (textMapAt(route, "metadata", "annotations")[SERVICE_NAME_OVERRIDE] ?? null),
    ...live,
    lost,
  };
}

/** What the route's objects say as a spec: what a change starts from. */
export function specOf(ctx: Context, live: LiveRoute): ReadRouteSpec {
  const { route, policies, imports, exports } = live;
  if (route === null) throw new PortalError("NOT_FOUND", "notFound");
  const of = (kind: string, list: readonly Placed[]) => list.flatMap(({ object }) => (object.kind === kind ? [object] : []));
  return readRouteSpec({
    route,
    imports: of("ServiceImport", imports),
    policy: of("IAMAuthPolicy", policies)[0] ?? null,
    accessLog: of("AccessLogPolicy", policies)[0] ?? null,
    healthPolicies: of("TargetGroupPolicy", exports),
    clusterOf: (eksName) => clusterOfEksName(ctx, eksName),
  });
}

/** The spec, or `PRECONDITION` `routeRequests.unreadable` with what could not be read. */
export function requireSpec(ctx: Context, live: LiveRoute): RouteSpec {
  const { spec, unread } = specOf(ctx, live);
  if (spec !== null) return spec;
  throw new PortalError("PRECONDITION", "routeRequests.unreadable", { parts: unread.map(({ messageKey }) => messageKey).join(", ") });
}

async function findRouteObject(ctx: Context, { managementCluster, namespace, name }: Target): Promise<KubeObject | null> {
  const kube = ctx.kube.cluster(managementCluster);
  const found = await Promise.all(ROUTE_KINDS.map((kind) => kube.find(routeObjectRef(kind, { namespace, name }), { signal: ctx.signal })));
  const route = found.find((object) => object !== null) ?? null;
  if (route === null) return null;
  if (!isManaged(route)) throw new PortalError("PRECONDITION", "routeRequests.notManaged", { name });
  if (textAt(route.metadata, "deletionTimestamp") !== null) throw new PortalError("CONFLICT", "routeRequests.alreadyDeleting", { name });
  return route;
}

function labelsOf({ namespace, name }: Target): Readonly<Record<string, string>> {
  return { [MANAGED_BY]: TRELLIS, [TEAM]: teamOfRoute(namespace) ?? "", [ROUTE]: name };
}

async function listHere(ctx: Context, target: Target) {
  const { managementCluster: destination, namespace } = target;
  const kube = ctx.kube.cluster(destination);
  const list = async (what: { readonly apiVersion: string; readonly kind: string }, within?: string): Promise<readonly Placed[]> =>
    (
      await kube.list({ ...what, ...(within === undefined ? {} : { namespace: within }), labels: labelsOf(target) }, { signal: ctx.signal })
    ).map((object) => ({ destination, object }));
  const [policies, imports] = await Promise.all([
    Promise.all(POLICY_KINDS.map((kind) => list(kind, namespace))),
    Promise.all(IMPORT_KINDS.map((kind) => list(kind))),
  ]);
  return { policies: policies.flat(), imports: imports.flat() };
}

async function listExports(ctx: Context, target: Target, destination: string): Promise<readonly Placed[]> {
  const kube = ctx.kube.cluster(destination);
  const lists = await Promise.all(
    [TARGET_GROUP_POLICIES, SERVICE_EXPORTS].map((kind) => kube.list({ ...kind, labels: labelsOf(target) }, { signal: ctx.signal })),
  );
  return lists.flat().map((object) => ({ destination, object }));
}

/** Clusters that hold, or may hold, exports of the route: those its requests ever wrote to. One that no watch shows any more took its exports along. */
async function providersOf(
  ctx: Context,
  target: Target,
  imports: readonly Placed[],
): Promise<{ readonly destinations: readonly string[]; readonly lost: readonly string[] }> {
  const page = await ctx.db.read.requests.list({ kinds: ROUTE_REQUESTS, target }, { cursor: null, limit: PLANS });
  const written = page.items.flatMap(({ planBytes }) => parsePlan(planBytes).destinations.map(({ id }) => id));
  const pinned = imports.flatMap(({ object }) => {
    const key = clusterOfEksName(ctx, textMapAt(object, "metadata", "annotations")[IMPORT_CLUSTER] ?? "");
    return key === null ? [] : [`${target.managementCluster}/${key}`];
  });
  const all = [...new Set([...written, ...pinned])].filter((id) => id !== target.managementCluster);
  const isThere = (id: string) => {
    const [, namespace = "", name = ""] = id.split("/");
    return ctx.clusters.find(namespace, name) !== undefined;
  };
  return { destinations: all.filter(isThere), lost: all.filter((id) => !isThere(id)) };
}

function clusterOfEksName(ctx: Context, eksName: string): string | null {
  for (const cluster of ctx.clusters.values()) if (cluster.controlPlane?.eksName === eksName) return `${cluster.namespace}/${cluster.name}`;
  return null;
}
