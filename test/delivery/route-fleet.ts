import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createEmptyPostgres } from "../../lib/adapters/database/testing.ts";
import { CreateClusterInput } from "../../lib/domain/clusters/create-cluster-input.ts";
import { seedBlueprint } from "../../lib/manifests/clusters/testing.ts";
import type { KubeClient } from "../../sandbox/kube/kube-client.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { tenantClient } from "../../sandbox/testing/test-route.ts";
import { eventually, useSandbox } from "../../sandbox/testing/use-sandbox.ts";
import { type KillablePortal, startKillablePortal } from "./killable-portal.ts";
import { latticeEvidence } from "./lattice-evidence.ts";

const SPEED = 60;
/** Long enough that a step in flight is not taken over, short enough that nobody waits long for what a killed process held. */
const LEASE_MS = "2000";
const SLOW_MS = 150_000;
export const MANAGEMENT = "mgmt-local";
/** The cluster of the seed, and one more in the other VPC of the same account. */
export const PROVIDERS = ["team-payments/checkout", "team-payments/checkout-two"] as const;
const SECOND = { vpcId: "vpc-0d3e4f5061728394a", subnetIds: ["subnet-0d33c33c33c33c33c", "subnet-0d44d44d44d44d44d"] };

/**
 * A sandbox of its own with the fleet, the portal as a process that may be killed, and a second cluster that runs team payments' services. The
 * portal keeps its rows in PostgreSQL when `TEST_DATABASE_URL` says where, else in PGlite; both outlive it.
 */
export async function startRouteFleet() {
  const endings: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    // One that fails must not keep the others from ending.
    for (const end of endings.toReversed()) await Promise.allSettled([Promise.resolve().then(end)]);
  };
  try {
    return { ...(await start((end) => endings.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
export type RouteFleet = Awaited<ReturnType<typeof startRouteFleet>>;

async function start(atEnd: (end: () => unknown) => void) {
  const directory = await mkdtemp(path.join(tmpdir(), "trellis-routes-"));
  atEnd(() => rmSync(directory, { recursive: true, force: true }));
  const running = await startSandbox({ directory: path.join(directory, "sandbox"), seedFleet: true, speed: SPEED });
  atEnd(running.stop);
  const sandbox = await useSandbox(running.folder.root);
  atEnd(() => Promise.all([sandbox.admin.close(), sandbox.portal.close()]));
  const postgresUrl = process.env["TEST_DATABASE_URL"];
  const postgres = postgresUrl === undefined ? null : await createEmptyPostgres(postgresUrl);
  if (postgres !== null) atEnd(postgres.drop);
  const env = {
    ...running.env,
    DATABASE_URL: postgres?.url ?? "",
    TRELLIS_DATA_DIR: path.join(directory, "database"),
    TRELLIS_DELIVERY_LEASE_MS: LEASE_MS,
    AUTH_URL: "http://localhost:3000",
    LOG_LEVEL: "info",
  };
  const portal = await startKillablePortal(running.folder, env, path.join(directory, "portal.log"));
  atEnd(portal.kill);
  await requestSecondCluster(portal);
  const clients = new Map<string, KubeClient>([[MANAGEMENT, sandbox.admin]]);
  for (const key of PROVIDERS) {
    const client = await eventually(`${key} answers`, () => tenantClient(sandbox, key), SLOW_MS);
    clients.set(`${MANAGEMENT}/${key}`, client);
    atEnd(client.close);
  }
  await untilFleetRuns(portal);
  const lattice = await latticeEvidence(sandbox);
  atEnd(lattice.close);
  return { sandbox, portal, clients, lattice };
}

async function requestSecondCluster(portal: KillablePortal): Promise<void> {
  const { data } = seedBlueprint("eks-private");
  const input = CreateClusterInput.parse({
    ...data.example,
    blueprint: "eks-private",
    account: "platform-prod",
    name: "checkout-two",
    network: { mode: "existing", ...SECOND },
  });
  await portal.approved("cluster.create", input, "A second cluster to shift calls to");
}

/** Until both clusters run what the route is to publish and the portal has read the network. */
async function untilFleetRuns(portal: KillablePortal): Promise<void> {
  for (const key of PROVIDERS) {
    const [namespace = "", name = ""] = key.split("/");
    await portal.until(
      `${key} runs orders`,
      () =>
        portal
          .ask("payments-dev", "listKubeServices", { namespace, name })
          .catch((error: unknown) => ({ items: [], error: String(error) })),
      ({ items }) => items.some((one) => one.name === "orders" && one.readyPods === 2),
    );
  }
  await portal.until(
    "the network is known",
    () => portal.ask("admin", "listServiceNetworks", {}),
    ({ items }) =>
      items.some(
        ({ networkId, gateway, vpcAssociations }) => networkId !== null && gateway?.programmed === true && vpcAssociations.length === 3,
      ),
  );
}

/** The administrator's client of a provider cluster. */
export function destinationClient({ clients }: Pick<RouteFleet, "clients">, key: string): KubeClient {
  const client = clients.get(`${MANAGEMENT}/${key}`);
  if (client === undefined) throw new Error(`${key} is no cluster of this fleet`);
  return client;
}
