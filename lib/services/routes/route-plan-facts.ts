import type { RequestId, TeamId } from "../../domain/ids.ts";
import { type Message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject, Plan } from "../../domain/requests/plan.ts";
import type { PreflightCheck } from "../../domain/requests/preflight.ts";
import type { Target } from "../../domain/requests/request.ts";
import { checkRoute } from "../../domain/routes/check-route.ts";
import { backendsOf, exportOf, importNameOf } from "../../domain/routes/export-names.ts";
import { parseAuthPolicy } from "../../domain/routes/parse-auth-policy.ts";
import { policyWarnings } from "../../domain/routes/policy-warnings.ts";
import { preflightChecks } from "../../domain/routes/preflight.ts";
import type { ClusterFacts } from "../../domain/routes/route-check.ts";
import type { RouteCaller, RouteSpec } from "../../domain/routes/route-input.ts";
import { ruleWarnings } from "../../domain/routes/rule-warnings.ts";
import { buildRouteObjects, type RouteObjects } from "../../manifests/routes/build-route-objects.ts";
import type { RouteToBuild } from "../../manifests/routes/route-to-build.ts";
import { isManaged, refOf } from "../../manifests/tenancy/tenancy-refs.ts";
import type { Context } from "../context.ts";
import { allotName } from "./allot-name.ts";
import { lookAtBackends, lookAtConsumers, lookAtGateway, lookAtProviders } from "./look-before-writing.ts";
import { type NetworkInUse, readNetworking } from "./read-networking.ts";
import { providerDestination, routeTarget } from "./route-target.ts";
import { toWanted, type WantedObject } from "./step-list.ts";

/** What the plan of a new or changed route depends on, read once before it is rendered. */
export type RoutePlanFacts = {
  readonly team: TeamId;
  readonly target: Target;
  readonly inUse: NetworkInUse;
  readonly route: RouteToBuild;
  readonly objects: RouteObjects;
  readonly destinations: Plan["destinations"];
  readonly providers: readonly WantedObject[];
  readonly imports: readonly WantedObject[];
  readonly policies: readonly WantedObject[];
  readonly main: WantedObject;
  readonly accessLog: WantedObject | null;
  readonly preflight: readonly PreflightCheck[];
  readonly warnings: readonly Message[];
};

export type RouteQuestion = {
  readonly spec: RouteSpec;
  readonly name: string;
  readonly team: TeamId;
  /** What the route says now and how its service is called, when it is to be changed. */
  readonly previous: { readonly spec: RouteSpec; readonly serviceName: string } | null;
  /** The request that asks: what it holds itself is not taken. */
  readonly own: RequestId | null;
};

/**
 * Reads and checks everything a route depends on. `INVALID` `routeRequests.refused` with one problem per field · `PRECONDITION`
 * `routeRequests.noNetworks` · `CONFLICT` `routes.noFreeName` · `UNAVAILABLE` when a cluster or Lattice does not answer. What stands in the way
 * without making the plan impossible is in `preflight`.
 */
export async function observeRoutePlan(ctx: Context, question: RouteQuestion): Promise<RoutePlanFacts> {
  const { spec, name, team } = question;
  const inUse = await networkOf(ctx, spec.network, team);
  requireLegal(ctx, question, inUse);
  const { lattice, account, network } = inUse;
  const target = routeTarget(lattice.managementCluster, team, name);
  const serviceName = await allotName(ctx, {
    account,
    team,
    name,
    wanted: question.previous?.serviceName ?? spec.serviceName,
    keeps: question.previous !== null,
    own: question.own,
  });
  const backends = backendsOf(spec.rules);
  const [providers, gateway, backendLooks, consumers] = await Promise.all([
    lookAtProviders(ctx, lattice.managementCluster, spec),
    lookAtGateway(ctx, inUse, spec.listener),
    lookAtBackends(ctx, { spec, target, own: question.own }),
    lookAtConsumers(ctx, inUse, spec),
  ]);
  const route: RouteToBuild = {
    team,
    namespace: target.namespace,
    name,
    spec,
    serviceName: serviceName.name,
    account: account.id,
    gatewayNamespace: network.gatewayNamespace,
    providers: Object.fromEntries(providers.flatMap(({ cluster, toBuild }) => (toBuild === null ? [] : [[cluster, toBuild]]))),
    importNames: importNames(ctx, target, spec),
    callerVpcs: callerVpcs(ctx, spec),
    partition: partitionOf(account.region),
  };
  const objects = buildRouteObjects(route);
  const looked = await lookAtObjects(ctx, lattice.managementCluster, objects);
  const used = [...new Set(backends.map(({ cluster }) => cluster))];
  const before = question.previous === null ? [] : backendsOf(question.previous.spec.rules).map(exportOf);
  const networks = ctx.facts.networks(account.id);
  const known = networks?.value.find((one) => one.name === network.name || one.id === network.name);
  const groups = ctx.facts.targetGroups(account.id);
  const services = ctx.facts.services(account.id);
  return {
    team,
    target,
    inUse,
    route,
    objects,
    destinations: await destinationsOf(ctx, [
      lattice.managementCluster,
      ...used.map((key) => providerDestination(lattice.managementCluster, key)),
    ]),
    ...looked.wanted,
    preflight: preflightChecks({
      network: network.name,
      account,
      quotas: lattice.quotas,
      mayPublish: network.publishers.includes(team),
      latticeNetwork: { known: known !== undefined, services: known?.services ?? null, at: networks?.at.toISOString() ?? null },
      ...gateway,
      serviceName,
      rules: spec.rules.length,
      groupsOfRoute: backends.length,
      newGroups: backends.filter((backend) => !before.includes(exportOf(backend))).length,
      newService: question.previous === null,
      targetGroups: {
        count: groups?.value.length ?? null,
        services: services?.value.length ?? null,
        at: groups?.at.toISOString() ?? null,
      },
      providers,
      backends: backendLooks,
      foreignNamespaces: looked.foreignNamespaces,
      consumers,
      policyWarnings: warningsOfPolicy(spec),
    }),
    warnings: ruleWarnings(spec.rules).map(({ message }) => message),
  };
}

async function networkOf(ctx: Context, name: string, team: TeamId): Promise<NetworkInUse> {
  const { networks } = await readNetworking(ctx.db.read);
  if (networks.length === 0) throw new PortalError("PRECONDITION", "routeRequests.noNetworks");
  const found = networks.find(({ network }) => network.name === name && network.publishers.includes(team));
  if (found !== undefined) return found;
  const problem = { path: "network", key: "routeRequests.unknownNetwork", values: { network: name } };
  throw new PortalError("INVALID", "routeRequests.refused", { count: 1 }, { fields: [problem] });
}

function requireLegal(ctx: Context, { spec, name, team, previous }: RouteQuestion, { network, lattice, account }: NetworkInUse): void {
  const fields = checkRoute(spec, {
    team,
    name,
    network,
    quotas: lattice.quotas,
    region: account.region,
    awsAccountId: account.awsAccountId,
    clusterOf: (key) => clusterFacts(ctx, key),
    previous: previous?.spec ?? null,
  });
  if (fields.length > 0) throw new PortalError("INVALID", "routeRequests.refused", { count: fields.length }, { fields });
}

function clusterFacts(ctx: Context, key: string): ClusterFacts | null {
  const [namespace = "", name = ""] = key.split("/");
  const found = ctx.clusters.find(namespace, name);
  return found === undefined ? null : { account: found.account ?? "", vpcId: found.controlPlane?.vpcId ?? null };
}

/** Names of imports that another export took first: hyphens make two texts equal in rare cases. */
function importNames(ctx: Context, { managementCluster }: Target, spec: RouteSpec): Readonly<Record<string, string>> {
  const pinned = new Map<string, string>();
  for (const route of ctx.routes.values()) {
    if (route.managementCluster !== managementCluster) continue;
    for (const one of route.imports)
      pinned.set(
        `${one.namespace}/${one.name}`,
        `${(one.clusterName ?? "").replace("_", "/")}/${one.namespace}/${one.exportName ?? one.name}`,
      );
  }
  return Object.fromEntries(
    backendsOf(spec.rules).map((backend) => [
      exportOf(backend),
      importNameOf(backend, (name) => pinned.get(`${backend.namespace}/${name}`) ?? null),
    ]),
  );
}

function callerVpcs(ctx: Context, { access }: RouteSpec): Readonly<Record<string, string>> {
  const callers: readonly RouteCaller[] = access.type === "callers" ? access.callers : [];
  return Object.fromEntries(
    callers.flatMap(({ principal }) => {
      const vpcId = principal.type === "cluster" ? clusterFacts(ctx, principal.cluster)?.vpcId : null;
      return principal.type === "cluster" && vpcId !== null && vpcId !== undefined ? [[principal.cluster, vpcId]] : [];
    }),
  );
}

function partitionOf(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function warningsOfPolicy({ access }: RouteSpec): readonly Message[] {
  if (access.type !== "policy") return [];
  const read = parseAuthPolicy(access.policy);
  return read.ok ? policyWarnings(read.policy) : [];
}

async function lookAtObjects(ctx: Context, managementCluster: string, objects: RouteObjects) {
  const foreignNamespaces: string[] = [];
  const look = async (destination: string, object: KubeObject): Promise<WantedObject> => {
    const live = await ctx.kube.cluster(destination).find(refOf(object), { signal: ctx.signal });
    if (object.kind === "Namespace" && live !== null && !isManaged(live)) foreignNamespaces.push(object.metadata.name);
    return toWanted(destination, object, live);
  };
  const here = (list: readonly KubeObject[]) => Promise.all(list.map((object) => look(managementCluster, object)));
  const [providers, imports, policies, [main], accessLog] = await Promise.all([
    Promise.all(objects.providers.flatMap(({ destination, objects: list }) => list.map((object) => look(destination, object)))),
    here(objects.imports),
    here(objects.policies),
    here([objects.route]),
    objects.accessLog === null ? null : look(managementCluster, objects.accessLog),
  ]);
  if (main === undefined) throw new PortalError("INTERNAL", "internal");
  return { wanted: { providers, imports, policies, main, accessLog }, foreignNamespaces };
}

/** Every cluster a plan writes to, with the uid that says which cluster was meant. */
export async function destinationsOf(ctx: Context, ids: readonly string[]): Promise<Plan["destinations"]> {
  const unique = [...new Set(ids)];
  return Promise.all(unique.map(async (id) => ({ id, clusterUid: await ctx.kube.cluster(id).clusterUid({ signal: ctx.signal }) })));
}
