import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { issuerOf } from "../../identity/identity-server.ts";
import { type KubeClient, KubeError, kubeClient } from "../../kube/kube-client.ts";
import { apiVersionOf, type KubeObject, type Resource, refOf, resources } from "../../kube/kube-object.ts";
import { keptPorts } from "../../state/ports.ts";
import type { SandboxFolder } from "../../state/sandbox-folder.ts";
import { keptSecrets } from "../../state/secrets.ts";
import { latticeDoor } from "../../testing/lattice-door.ts";
import { writeBootstrap } from "../write-bootstrap.ts";
import { clusterObjects, clusterStatus, fleetLabel, readyStatus } from "./cluster-objects.ts";
import { fleetLattice } from "./fleet-lattice.ts";
import { type FleetSize, keepFleet, keptFleet } from "./fleet-size.ts";
import { type FleetCluster, type FleetPlan, planFleet } from "./plan-fleet.ts";
import { routeObjects } from "./route-objects.ts";

const atOnce = 8;
const refusedMs = 20_000;
const goneMs = 180_000;
const known: readonly Resource[] = Object.values(resources);
const ownKinds = [
  resources.httpRoute,
  resources.iamAuthPolicy,
  resources.serviceImport,
  resources.referenceGrant,
  resources.managedControlPlane,
  resources.managedCluster,
  resources.cluster,
] as const;
const pausedKinds: readonly Resource[] = [resources.managedControlPlane, resources.managedCluster, resources.cluster];
type Say = (line: string) => void;

/**
 * Fills a running sandbox with many paused clusters, routes and networks, for trying pages by hand. The same size again repairs what is
 * missing; another size wants the old one removed first. The portal learns of new networks and VPCs at its next start.
 */
export async function seedLargeFleet(folder: SandboxFolder, size: FleetSize, say: Say): Promise<void> {
  const kept = keptFleet(folder);
  if (kept && JSON.stringify(kept) !== JSON.stringify(size))
    throw new Error("this sandbox holds a large fleet of another size; take it out with `seed fleet --remove` first");
  const hands = await openHands(folder);
  const plan = planFleet(size);
  try {
    await requirePortal(hands.player);
    keepFleet(folder, size);
    await rewriteBootstrap(folder);
    say(`${plan.networks.length} service networks and ${plan.vpcs.length} VPCs`);
    await hands.lattice.makeNetworks(plan);
    await hands.lattice.associate(plan);
    await openNetworks(hands, plan);
    say(`${plan.clusters.length} clusters`);
    await makeRoomForClusters(hands.player, plan);
    await inTurns(plan.clusters, (cluster) => seedCluster(hands, cluster));
    say(`${plan.routes.length} routes`);
    await hands.lattice.makeGroups(plan);
    await hands.lattice.setHealths(plan);
    await inTurns(plan.routes, async (route) => {
      for (const object of routeObjects(route)) await hands.portal.apply(resourceOf(object), object);
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
      const { items } = await hands.player.list(kind, { labelSelector: `${fleetLabel}=true` });
      say(`${items.length} ${kind.plural}`);
      await inTurns(items, async (object) => {
        await hands.player.delete(kind, refOf(object));
        if (pausedKinds.includes(kind)) await letGo(hands.player, kind, object);
      });
      // The controller takes the Lattice service away before it lets a route go.
      if (kind === resources.httpRoute) await untilGone(hands.player, kind);
    }
    for (const network of plan.networks.slice(1)) await hands.player.delete(resources.gateway, { namespace: "lattice", name: network });
    say("service networks, associations and target groups");
    const until = Date.now() + goneMs;
    while (!(await hands.lattice.remove(plan))) {
      if (Date.now() > until) throw new Error("the emulated AWS does not let go of the fleet; run `seed fleet --remove` again");
      await sleep(hands.lattice.waitMs);
    }
    keepFleet(folder, null);
    await rewriteBootstrap(folder);
  } finally {
    await hands.close();
  }
}

/** Who put a finalizer on a paused object does not take it off again. */
async function letGo(player: KubeClient, kind: Resource, object: KubeObject): Promise<void> {
  await player.merge(kind, refOf(object), { metadata: { finalizers: null } }).catch((error: unknown) => {
    if (!(error instanceof KubeError) || error.status !== 404) throw error;
  });
}

async function openHands(folder: SandboxFolder) {
  const ports = await keptPorts(folder);
  const secrets = keptSecrets(folder);
  const server = { server: `https://127.0.0.1:${ports.apiServer}`, ca: readFileSync(folder.pki("ca.crt"), "utf8"), timeoutMs: 60_000 };
  const player = kubeClient({ ...server, token: secrets.playerToken, manager: "sandbox-fleet" });
  const portal = kubeClient({ ...server, token: secrets.portalToken, manager: "trellis" });
  const lattice = fleetLattice(await latticeDoor(folder), secrets.awsSecret);
  const close = async () => {
    lattice.close();
    await Promise.all([player.close(), portal.close()]);
  };
  return { player, portal, lattice, close };
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

/** The Gateways the portal would make at its next start, and the labels that let the teams' routes in; the namespaces of the imports. */
async function openNetworks({ player, portal }: Hands, { networks }: FleetPlan): Promise<void> {
  const [first = "", ...others] = networks;
  const pattern = await player.get(resources.gateway, { namespace: "lattice", name: first });
  for (const name of others) {
    const spec: unknown = JSON.parse(JSON.stringify(pattern.spec).replaceAll(`network-${first}`, `network-${name}`));
    const { apiVersion, kind } = pattern;
    const labels = { "app.kubernetes.io/managed-by": "trellis" };
    const object: KubeObject = {
      apiVersion: apiVersion ?? apiVersionOf(resources.gateway),
      kind: kind ?? "Gateway",
      metadata: { name, namespace: "lattice", labels },
      spec,
    };
    await portal.apply(resources.gateway, object);
  }
  const labels = Object.fromEntries(networks.map((name) => [`trellis.internal/network-${name}`, "true"]));
  for (const team of ["payments", "shop"]) {
    await player.merge(resources.namespace, { name: `team-${team}` }, { metadata: { labels } });
    const imports = { "app.kubernetes.io/managed-by": "trellis", "trellis.internal/imports": "true" };
    await portal.apply(resources.namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name: team, labels: imports } });
  }
}

const Quota = z.looseObject({ spec: z.looseObject({ hard: z.record(z.string(), z.string()) }) });
const clusterCount = "count/clusters.cluster.x-k8s.io";

/** The quota that the bootstrap file says from now on; the portal writes the same at its next start. */
async function makeRoomForClusters(player: KubeClient, { clusters }: FleetPlan): Promise<void> {
  for (const team of ["payments", "shop"]) {
    const needed = clusters.filter((one) => one.team === team).length;
    for (const quota of (await player.list(resources.resourceQuota, {}, `team-${team}`)).items) {
      const hard = Number(Quota.parse(quota).spec.hard[clusterCount] ?? "0");
      const { items } = await player.list(resources.cluster, {}, `team-${team}`);
      const others = items.filter((one) => one.metadata.labels?.[fleetLabel] === undefined).length;
      const wanted = Math.max(hard, needed + others + 5);
      if (wanted > hard) await player.merge(resources.resourceQuota, refOf(quota), { spec: { hard: { [clusterCount]: String(wanted) } } });
    }
  }
}

async function seedCluster({ player, portal }: Hands, cluster: FleetCluster): Promise<void> {
  const at = new Date().toISOString();
  for (const object of clusterObjects(cluster)) {
    const resource = resourceOf(object);
    await admitted(() => portal.apply(resource, object));
    const status = resource === resources.cluster ? clusterStatus(cluster, at) : readyStatus(at);
    await player.merge(resource, refOf(object), { status }, "/status");
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
      await sleep(500);
    }
  }
}

async function untilGone(player: KubeClient, kind: Resource): Promise<void> {
  const until = Date.now() + goneMs;
  while ((await player.list(kind, { labelSelector: `${fleetLabel}=true` })).items.length > 0) {
    if (Date.now() > until) throw new Error(`the ${kind.plural} do not go away; run \`seed fleet --remove\` again`);
    await sleep(1_000);
  }
}

async function inTurns<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function resourceOf(object: KubeObject): Resource {
  const found = known.find((one) => one.kind === object.kind && apiVersionOf(one) === object.apiVersion);
  if (!found) throw new Error(`the sandbox does not know ${object.kind ?? "this kind"}`);
  return found;
}
