import { setTimeout as sleep } from "node:timers/promises";
import type { CustomResourceDefinition } from "../../cluster/custom-resource-definitions.ts";
import type { WorkloadPool } from "../../cluster/workload-pool.ts";
import type { KubeClient } from "../../kube/kube-client.ts";
import { resources } from "../../kube/kube-object.ts";
import { objectCache } from "../../kube/object-cache.ts";
import type { SandboxFolder } from "../../state/sandbox-folder.ts";
import { readTenants } from "../eks/tenant-slots.ts";
import { deployTeamWorkloads } from "./deploy-team-workloads.ts";
import { installTenantDefinitions } from "./install-tenant-definitions.ts";
import { type ClusterWorkloads, playClusterWorkloads } from "./play-cluster-workloads.ts";
import type { AddressBook } from "./pod-addresses.ts";
import { type TenantCluster, tenantClusters } from "./tenant-clusters.ts";

const lookEveryMs = 500;
const serverMs = 20_000;
/** What runs in a tenant cluster besides its workloads, from the moment it has a Service until the cluster goes. */
export type Companion = { stop: () => Promise<void> };
export type WorkloadsOptions = {
  folder: SandboxFolder;
  client: KubeClient;
  pool: WorkloadPool;
  definitions: CustomResourceDefinition[];
  /** Starts the cluster's gateway controller. */
  accompany: (tenant: TenantCluster, client: KubeClient) => Promise<Companion>;
  say: (line: string) => void;
};
type Played = { tenant: TenantCluster; client: KubeClient; workloads: ClusterWorkloads; companion: Companion | null; deployed: boolean };

/** Follows the tenant clusters: workloads are played in each that is ACTIVE, the team's own are deployed, a gateway controller follows the first Service. */
export function startWorkloadsPlayer(options: WorkloadsOptions): { stop: () => Promise<void> } {
  const ending = new AbortController();
  const clusters = objectCache(options.client, resources.cluster, () => undefined);
  const controlPlanes = objectCache(options.client, resources.managedControlPlane, () => undefined);
  const runs = [clusters.run(ending.signal), controlPlanes.run(ending.signal)];
  const played = new Map<string, Played>();
  const books = new Map<string, AddressBook>();
  const identity = (tenant: TenantCluster) => `${tenant.key} ${tenant.slot} ${tenant.vpcId}`;

  async function look(): Promise<void> {
    const wanted = tenantClusters(readTenants(options.folder), clusters.list(), controlPlanes.list());
    const keys = new Set(wanted.map(identity));
    for (const [key, one] of played) if (!keys.has(key)) await leave(key, one);
    for (const tenant of wanted) if (!played.has(identity(tenant))) await enter(tenant);
    const attended = await Promise.allSettled([...played.values()].map((one) => attend(one)));
    for (const one of attended) if (one.status === "rejected") throw one.reason;
  }

  async function enter(tenant: TenantCluster): Promise<void> {
    const server = await inTime(options.pool.server(tenant.slot));
    if (!server) return;
    const book = books.get(tenant.vpcId) ?? new Map<string, string>();
    books.set(tenant.vpcId, book);
    const { client } = server;
    const workloads = playClusterWorkloads({ name: tenant.key, client, block: tenant.block, addresses: book, say: options.say });
    played.set(identity(tenant), { tenant, workloads, client, companion: null, deployed: false });
  }

  /** What fails here is tried again at the next look: a fresh API server refuses Services until its address range is ready. */
  async function attend(one: Played): Promise<void> {
    if (!one.deployed) await deployTeamWorkloads(one.client, one.tenant.team);
    one.deployed = true;
    if (one.companion || !one.workloads.hasServices()) return;
    await installTenantDefinitions(one.client, options.definitions);
    one.companion = await options.accompany(one.tenant, one.client);
  }

  async function leave(key: string, one: Played): Promise<void> {
    played.delete(key);
    await Promise.all([one.workloads.stop(), one.companion?.stop()]);
  }

  async function loop(): Promise<void> {
    while (!ending.signal.aborted) {
      if (clusters.isSynced() && controlPlanes.isSynced())
        await look().catch((error: unknown) => options.say(`workloads: ${error instanceof Error ? error.message : String(error)}`));
      await sleep(lookEveryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  const looping = loop();
  return {
    stop: async () => {
      ending.abort();
      await Promise.allSettled([looping, ...runs]);
      await Promise.allSettled([...played].map(([key, one]) => leave(key, one)));
    },
  };
}

/** A server that takes long to start must not keep the others waiting. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  return Promise.race([answer, sleep(serverMs, null, { ref: false })]);
}
