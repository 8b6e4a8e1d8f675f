import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { issuerOf } from "../../identity/identity-server.ts";
import { type KubeClient, KubeError, kubeClient } from "../../kube/kube-client.ts";
import { apiVersionOf, type KubeObject, type Resource, refOf, resources } from "../../kube/kube-object.ts";
import { heldLabel, heldSlot } from "../../players/eks/held.ts";
import { keptPorts } from "../../state/ports.ts";
import type { SandboxFolder } from "../../state/sandbox-folder.ts";
import { keptSecrets } from "../../state/secrets.ts";
import { latticeDoor } from "../../testing/lattice-door.ts";
import { writeBootstrap } from "../write-bootstrap.ts";
import { clusterObjects } from "./cluster-objects.ts";
import { clusterStatuses } from "./cluster-statuses.ts";
import { fleetLattice } from "./fleet-lattice.ts";
import { type FleetSize, keepFleet, keptFleet } from "./fleet-size.ts";
import { closeTenancy, openTenancy } from "./fleet-tenancy.ts";
import { fleetTenants } from "./fleet-tenants.ts";
import { inTurns } from "./in-turns.ts";
import { type FleetCluster, type FleetPlan, planFleet } from "./plan-fleet.ts";
import { routeObjects } from "./route-objects.ts";

const refusedMs = 20_000;
const openMs = 120_000;
const goneMs = 180_000;
const stepMs = 500;
const known: readonly Resource[] = Object.values(resources);
const clusterKinds: readonly Resource[] = [
  resources.managedMachinePool,
  resources.machinePool,
  resources.managedControlPlane,
  resources.managedCluster,
  resources.cluster,
];
const ownKinds = [resources.httpRoute, resources.iamAuthPolicy, resources.serviceImport, resources.referenceGrant, ...clusterKinds];
/** What an approved request would have written: without it no cluster of a tenant may go. */
const asked = { "trellis.internal/delete-request": "fleet" };
type Say = (line: string) => void;

/**
 * Fills a running sandbox with many clusters, routes, networks and foreign services, for trying pages by hand. The same size again repairs
 * what is missing; another size wants the old one removed first. The portal learns of new networks and VPCs at its next start.
 */
export async function seedLargeFleet(folder: SandboxFolder, size: FleetSize, say: Say): Promise<void> {
  const kept = keptFleet(folder);
  if (kept && JSON.stringify(kept) !== JSON.stringify(size))
    throw new Error("this sandbox holds a large fleet of another size; take it out with `seed fleet --remove` first");
  const hands = await openHands(folder);
  const { lattice, tenants, portal } = hands;
  const plan = planFleet(size);
  try {
    await requirePortal(hands.player);
    tenants.requireOwn(plan);
    keepFleet(folder, size);
    await rewriteBootstrap(folder);
    say(`${plan.networks.length} service networks and ${plan.vpcs.length} VPCs`);
    await lattice.makeNetworks(plan);
    await lattice.associate(plan);
    await openTenancy(hands, folder, plan);
    say(`${plan.clusters.length} clusters`);
    await inTurns(plan.clusters, (cluster) => applyCluster(hands, cluster));
    await untilOpen(hands.player, plan);
    await inTurns(plan.clusters, (cluster) => writeStatuses(hands, cluster));
    say(`${plan.routes.length} routes, ${plan.foreign.length} services that Kubernetes does not own`);
    await tenants.fill(plan);
    await lattice.makeGroups(plan);
    await lattice.makeServices(plan);
    await lattice.setHealths(plan);
    await inTurns(plan.routes, async (route) => {
      for (const object of routeObjects(route)) await portal.apply(resourceOf(object), object);
    });
  } finally {
    await hands.close();
  }
}

/** Takes out everything `seedLargeFleet` made and waits until the emulated AWS has let go of it. */
export async function removeLargeFleet(folder: SandboxFolder, say: Say): Promise<void> {
  const size = keptFleet(folder);
  if (!size) return say("there is no large fleet");
  const hands = await openHands(folder);
  const plan = planFleet(size);
  try {
    for (const kind of ownKinds) {
      const { items } = await hands.player.list(kind, { labelSelector: `${heldLabel}=true` });
      say(`${items.length} ${kind.plural}`);
      await inTurns(items, async (object) => {
        if (kind === resources.cluster) await hands.player.merge(kind, refOf(object), { metadata: { annotations: asked } });
        await hands.player.delete(kind, refOf(object));
        if (clusterKinds.includes(kind)) await letGo(hands.player, kind, object);
      });
      // The controller takes the Lattice service away before it lets a route go.
      if (kind === resources.httpRoute) await untilGone(hands.player, kind);
    }
    await closeTenancy(hands, plan);
    say("service networks, associations, services and target groups");
    const until = Date.now() + goneMs;
    while (!(await hands.lattice.remove(plan))) {
      if (Date.now() > until) throw new Error("the emulated AWS does not let go of the fleet; run `seed fleet --remove` again");
      await sleep(stepMs);
    }
    keepFleet(folder, null);
    await rewriteBootstrap(folder);
  } finally {
    await hands.close();
  }
}

/** Nobody works on these objects, so who put a finalizer on one does not take it off again. */
async function letGo(player: KubeClient, kind: Resource, object: KubeObject): Promise<void> {
  await player.merge(kind, refOf(object), { metadata: { finalizers: null } }).catch((error: unknown) => {
    if (!(error instanceof KubeError) || error.status !== 404) throw error;
  });
}

async function openHands(folder: SandboxFolder) {
  const ports = await keptPorts(folder);
  const secrets = keptSecrets(folder);
  const ca = readFileSync(folder.pki("ca.crt"), "utf8");
  const server = { server: `https://127.0.0.1:${ports.apiServer}`, ca, timeoutMs: 60_000 };
  const player = kubeClient({ ...server, token: secrets.playerToken, manager: "sandbox-fleet" });
  const portal = kubeClient({ ...server, token: secrets.portalToken, manager: "trellis" });
  const lattice = fleetLattice(await latticeDoor(folder), secrets.awsSecret);
  const tenants = fleetTenants(folder, { port: ports.workload[heldSlot] ?? 0, ca, token: secrets.adminToken });
  const close = async () => {
    lattice.close();
    await Promise.all([player.close(), portal.close()]);
  };
  return { player, portal, lattice, tenants, close };
}
type Hands = Awaited<ReturnType<typeof openHands>>;

async function requirePortal(player: KubeClient): Promise<void> {
  const spaces = ["team-payments", "team-shop", "lattice"];
  const found = await Promise.all(spaces.map((name) => player.find(resources.namespace, { name })));
  if (found.includes(null))
    throw new Error("the portal has not made its teams' namespaces yet: start it once on this sandbox, then seed again");
}

async function rewriteBootstrap(folder: SandboxFolder): Promise<void> {
  writeBootstrap(folder, issuerOf((await keptPorts(folder)).issuer), new Date());
}

/** One that somebody else made is not the portal's. */
async function applyCluster({ player, portal }: Hands, cluster: FleetCluster): Promise<void> {
  const hand = cluster.state === "unknown" ? player : portal;
  for (const object of clusterObjects(cluster)) await admitted(() => hand.apply(resourceOf(object), object));
}

/** Its kubeconfig Secret comes before Cluster API wants to connect, or it waits half a minute. */
async function untilOpen(player: KubeClient, { clusters }: FleetPlan): Promise<void> {
  const wanted = clusters.filter(({ state }) => state !== "unknown" && state !== "paused");
  const until = Date.now() + openMs;
  for (;;) {
    const { items } = await player.list(resources.secret, { fieldSelector: "type=cluster.x-k8s.io/secret" });
    const names = new Set(items.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`));
    if (wanted.every(({ team, name }) => names.has(`team-${team}/${name}-kubeconfig`))) return;
    if (Date.now() > until) throw new Error("the clusters' kubeconfigs are not written: is the sandbox older than this code?");
    await sleep(stepMs);
  }
}

async function writeStatuses({ player, tenants }: Hands, cluster: FleetCluster): Promise<void> {
  const namespace = `team-${cluster.team}`;
  for (const { resource, name, spec, status } of clusterStatuses(cluster, { now: new Date(), port: tenants.port })) {
    if (spec) await player.merge(resource, { namespace, name }, { spec });
    await player.merge(resource, { namespace, name }, { status }, "/status");
  }
}

/** The API server needs a moment to see a larger quota. */
async function admitted(act: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + refusedMs;
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      if (!(error instanceof KubeError) || !error.message.includes("exceeded quota") || Date.now() > until) throw error;
      await sleep(stepMs);
    }
  }
}

async function untilGone(player: KubeClient, kind: Resource): Promise<void> {
  const until = Date.now() + goneMs;
  while ((await player.list(kind, { labelSelector: `${heldLabel}=true` })).items.length > 0) {
    if (Date.now() > until) throw new Error(`the ${kind.plural} do not go away; run \`seed fleet --remove\` again`);
    await sleep(1_000);
  }
}

function resourceOf(object: KubeObject): Resource {
  const found = known.find((one) => one.kind === object.kind && apiVersionOf(one) === object.apiVersion);
  if (!found) throw new Error(`the sandbox does not know ${object.kind ?? "this kind"}`);
  return found;
}
