import type { TeamId } from "../../domain/ids.ts";
import { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { isPlatformNamespace } from "../../domain/routes/check-backends.ts";
import { exportKey, exportNameOf } from "../../domain/routes/export-names.ts";
import { healthCheckDefaults } from "../../domain/routes/health-check-defaults.ts";
import type { CreateRouteInput, RouteBackend } from "../../domain/routes/route-input.ts";
import { ENDPOINT_SLICES, SERVICES } from "../../manifests/routes/provider-kinds.ts";
import { type ReadKubeService, readKubeServices } from "../../manifests/routes/read-kube-services.ts";
import type { Context } from "../context.ts";
import { type NetworkInUse, readNetworking } from "./read-networking.ts";
import { providerDestination, routeKey, routeTarget } from "./route-target.ts";

const MAX_NAME = 40;
const TRIES = 20;

/**
 * A whole acceptable input of `route.create` from what the team runs now: its first kubeService with ready pods that nobody publishes, under a free
 * name, open to the cluster it runs in. Null when the team has no network, no cluster in the network's account, or nothing left to publish.
 */
export async function exampleRoute(ctx: Context, team: TeamId): Promise<JsonObject | null> {
  const { networks } = await readNetworking(ctx.db.read);
  for (const inUse of networks.filter(({ network }) => network.publishers.includes(team))) {
    const listener =
      inUse.network.listeners.find(({ protocol }) => protocol === "HTTPS") ??
      inUse.network.listeners.find(({ protocol }) => protocol === "HTTP");
    const backend = listener === undefined ? null : await findBackend(ctx, inUse, team);
    if (listener === undefined || backend === null) continue;
    const name = await freeName(ctx, inUse, team, backend.kubeService);
    const input: CreateRouteInput = {
      name,
      network: inUse.network.name,
      protocol: "http",
      listener: listener.name,
      rules: [{ match: { headers: [] }, backends: [backend] }],
      healthCheck: healthCheckDefaults("http"),
      access: {
        type: "callers",
        callers: [{ team, name: "own-cluster", principal: { type: "cluster", cluster: backend.cluster }, methods: [], paths: [] }],
      },
      visibility: "organisation",
    };
    return JsonObject.parse(input);
  }
  return null;
}

/** The first kubeService of the team's clusters in this account that may be published. A cluster that does not answer is left out. */
async function findBackend(ctx: Context, { account, lattice }: NetworkInUse, team: TeamId): Promise<RouteBackend | null> {
  const own = [...ctx.clusters.values()].filter(
    (one) => one.team === team && one.account === account.id && one.deletingSince === null && (one.controlPlane?.vpcId ?? null) !== null,
  );
  for (const { namespace, name } of own.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const cluster = `${namespace}/${name}`;
    const destination = providerDestination(lattice.managementCluster, cluster);
    for (const service of await listServices(ctx, destination)) {
      const backend = toBackend(cluster, service);
      if (backend !== null && (await isFree(ctx, destination, backend))) return backend;
    }
  }
  return null;
}

async function listServices(ctx: Context, destination: string): Promise<readonly ReadKubeService[]> {
  const kube = ctx.kube.cluster(destination);
  const options = { signal: ctx.signal };
  try {
    const [services, slices] = await Promise.all([kube.list(SERVICES, options), kube.list(ENDPOINT_SLICES, options)]);
    return readKubeServices(services, slices);
  } catch (error) {
    if (error instanceof PortalError && error.code === "UNAVAILABLE") return [];
    throw error;
  }
}

function toBackend(cluster: string, service: ReadKubeService): RouteBackend | null {
  const port = service.ports.find(({ protocol }) => protocol === "TCP");
  const fits = !service.headless && !service.external && service.ipFamilies.length < 2 && service.readyPods > 0;
  if (port === undefined || !fits || service.namespace === "default" || isPlatformNamespace(service.namespace)) return null;
  return { cluster, namespace: service.namespace, kubeService: service.name, port: port.port, weight: 1 };
}

async function isFree(ctx: Context, destination: string, backend: RouteBackend): Promise<boolean> {
  if (ctx.routes.usersOfExport(destination, backend.namespace, exportNameOf(backend)).length > 0) return false;
  return (await ctx.db.read.requests.findReservation({ key: exportKey(destination, backend) })) === null;
}

async function freeName(ctx: Context, { lattice }: NetworkInUse, team: TeamId, kubeService: string): Promise<string> {
  const base = kubeService
    .slice(0, MAX_NAME - 3)
    .replace(/-+$/, "")
    .padEnd(3, "-route");
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const name = attempt === 1 ? base : `${base}-${attempt}`;
    const target = routeTarget(lattice.managementCluster, team, name);
    const isTaken = ctx.routes.find(target.namespace, name) !== undefined;
    if (!isTaken && (await ctx.db.read.requests.findReservation({ name: routeKey(target) })) === null) return name;
  }
  return base;
}
