import type { RequestId } from "../../domain/ids.ts";
import { activeTargetKey, type Target } from "../../domain/requests/request.ts";
import { backendsOf, exportKey, exportNameOf } from "../../domain/routes/export-names.ts";
import type { PreflightBackend, PreflightConsumer, PreflightFacts, PreflightProvider } from "../../domain/routes/preflight.ts";
import type { RouteBackend, RouteSpec } from "../../domain/routes/route-input.ts";
import { gatewayRef, serviceExportRef } from "../../manifests/routes/object-refs.ts";
import { readGateway } from "../../manifests/routes/read-gateway.ts";
import type { ProviderToBuild } from "../../manifests/routes/route-to-build.ts";
import { isManaged } from "../../manifests/tenancy/tenancy-refs.ts";
import type { Context } from "../context.ts";
import { lookAtKubeService } from "./look-at-kube-service.ts";
import type { NetworkInUse } from "./read-networking.ts";
import { CREATE_ROUTE, providerDestination } from "./route-target.ts";

type LookedProvider = PreflightProvider & { readonly toBuild: ProviderToBuild | null };

/** Each cluster that a backend names: the account it stands in, and the two names that pin its exports. */
export async function lookAtProviders(ctx: Context, managementCluster: string, spec: RouteSpec): Promise<readonly LookedProvider[]> {
  const accounts = await ctx.db.read.tenancy.listAccounts();
  const keys = [...new Set(backendsOf(spec.rules).map(({ cluster }) => cluster))];
  return keys.map((cluster): LookedProvider => {
    const [namespace = "", name = ""] = cluster.split("/");
    const observed = ctx.clusters.find(namespace, name);
    const record = accounts.find(({ id }) => id === observed?.account);
    const eksName = observed?.controlPlane?.eksName ?? null;
    const vpcId = observed?.controlPlane?.vpcId ?? null;
    const destination = providerDestination(managementCluster, cluster);
    return {
      cluster,
      path: pathOf(spec, (backend) => backend.cluster === cluster),
      account: record === undefined ? null : { awsAccountId: record.awsAccountId, region: record.region },
      clusterName: eksName,
      vpcId,
      toBuild: eksName === null || vpcId === null ? null : { destination, eksName, vpcId },
    };
  });
}

/** The Gateway that stands for the network, asked now, and its listener. */
export async function lookAtGateway(
  ctx: Context,
  { network, lattice }: NetworkInUse,
  listenerName: string,
): Promise<Pick<PreflightFacts, "gateway" | "listener">> {
  const ref = gatewayRef({ namespace: network.gatewayNamespace, name: network.name });
  const live = await ctx.kube.cluster(lattice.managementCluster).find(ref, { signal: ctx.signal });
  if (live === null) return { gateway: null, listener: { name: listenerName, found: false, fits: true, allowsTeam: null } };
  const gateway = readGateway({ object: live, observedAt: ctx.clock.now() });
  const programmed = gateway.conditions.find(({ type }) => type === "Programmed");
  const listener = gateway.listeners.find(({ name }) => name === listenerName);
  return {
    gateway: {
      programmed: programmed === undefined || programmed.status === "Unknown" ? null : programmed.status === "True",
      words: programmed?.message ?? null,
    },
    listener: { name: listenerName, found: listener !== undefined, fits: true, allowsTeam: null },
  };
}

/** Each kubeService as its cluster says it now, and who uses its export already. */
export async function lookAtBackends(
  ctx: Context,
  { spec, target, own }: { readonly spec: RouteSpec; readonly target: Target; readonly own: RequestId | null },
): Promise<readonly PreflightBackend[]> {
  return Promise.all(
    backendsOf(spec.rules).map(async (backend): Promise<PreflightBackend> => {
      const { cluster, namespace, kubeService, port } = backend;
      const destination = providerDestination(target.managementCluster, cluster);
      const [found, exported, usedBy] = await Promise.all([
        lookAtKubeService(ctx, destination, { namespace, name: kubeService }),
        ctx.kube.cluster(destination).find(serviceExportRef({ namespace, name: exportNameOf(backend) }), { signal: ctx.signal }),
        userOf(ctx, { destination, backend, target, own }),
      ]);
      return {
        path: pathOf(spec, (one) => one.cluster === cluster && one.namespace === namespace && one.kubeService === kubeService),
        cluster,
        namespace,
        kubeService,
        port,
        found,
        usedBy,
        foreignExport: exported !== null && !isManaged(exported),
      };
    }),
  );
}

type UseQuestion = {
  readonly destination: string;
  readonly backend: RouteBackend;
  readonly target: Target;
  readonly own: RequestId | null;
};

/** The other route over this export, or the request that will make one; null when it is free or this route's own. */
async function userOf(ctx: Context, { destination, backend, target, own }: UseQuestion): Promise<string | null> {
  const users = ctx.routes.usersOfExport(destination, backend.namespace, exportNameOf(backend));
  const other = users.find(({ namespace, name }) => namespace !== target.namespace || name !== target.name);
  if (other !== undefined) return `${other.namespace}/${other.name}`;
  const holder = await ctx.db.read.requests.findReservation({ key: exportKey(destination, backend) });
  if (holder === null || holder.id === own) return null;
  return activeTargetKey(holder.kind, holder.target) === activeTargetKey(CREATE_ROUTE, target) ? null : holder.id;
}

/** Whether each calling cluster's VPC is associated with the network. Callers by role may stand in any VPC, so nothing is known of them. */
export async function lookAtConsumers(
  ctx: Context,
  { network, account }: NetworkInUse,
  { access }: RouteSpec,
): Promise<{ readonly list: readonly PreflightConsumer[]; readonly at: string | null }> {
  const seen = ctx.facts.vpcAssociations(account.id, network.name);
  const callers = access.type === "callers" ? access.callers : [];
  const list = callers.flatMap(({ name, principal }): PreflightConsumer[] => {
    if (principal.type !== "cluster") return [];
    const [namespace = "", cluster = ""] = principal.cluster.split("/");
    const vpcId = ctx.clusters.find(namespace, cluster)?.controlPlane?.vpcId ?? null;
    const associated = seen === null || vpcId === null ? null : seen.value.some((one) => one.vpcId === vpcId && one.status === "ACTIVE");
    return [{ name, vpcId, associated }];
  });
  return { list, at: seen?.at.toISOString() ?? null };
}

/** Where in the input something is named first. */
function pathOf({ rules }: RouteSpec, matches: (backend: RouteBackend) => boolean): string {
  for (const [rule, { backends }] of rules.entries()) {
    const index = backends.findIndex(matches);
    if (index >= 0) return `rules.${rule}.backends.${index}`;
  }
  return "rules";
}
