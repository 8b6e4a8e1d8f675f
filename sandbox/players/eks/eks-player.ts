import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { WorkloadPool } from "../../cluster/workload-pool.ts";
import type { FaultStore } from "../../faults/fault-store.ts";
import type { KubeClient } from "../../kube/kube-client.ts";
import { KubeObject, keyOf } from "../../kube/kube-object.ts";
import type { ObjectCache } from "../../kube/object-cache.ts";
import { seedFleet } from "../../seed/start-fleet-seed.ts";
import type { SandboxFolder } from "../../state/sandbox-folder.ts";
import { isTrue } from "./conditions.ts";
import { Condition, ControlPlane, ManagedCluster, NodeGroup } from "./eks-objects.ts";
import { type EksWorld, eksCaches } from "./eks-world.ts";
import { eventWriter } from "./events.ts";
import { pace } from "./pace.ts";
import { playControlPlane } from "./play-control-plane.ts";
import { playManagedCluster } from "./play-managed-cluster.ts";
import { playNodeGroup } from "./play-node-group.ts";
import { sweepLeftovers } from "./sweep-leftovers.ts";
import { tenantSlots } from "./tenant-slots.ts";

const lookEveryMs = 200;
const sweepEveryMs = 5_000;
const retryAfterMs = 1_000;
const Conditioned = KubeObject.extend({ status: z.looseObject({ conditions: z.array(Condition).optional() }).optional() });
export type EksPlayerOptions = {
  folder: SandboxFolder;
  client: KubeClient;
  pool: WorkloadPool;
  faults: FaultStore;
  speed: number;
  ca: string;
  say: (line: string) => void;
};

/** Plays CAPA and the AWS behind it for every EKS cluster on the management API server. What it knows it reads from the objects, so it can stop at any time. */
export function startEksPlayer(options: EksPlayerOptions): { stop: () => Promise<void> } {
  const { folder, client, pool, faults } = options;
  const ending = new AbortController();
  const slots = tenantSlots(folder, pool);
  const cache = eksCaches(client, () => undefined);
  const world: EksWorld = {
    client,
    pool,
    slots,
    faults,
    cache,
    ca: options.ca,
    pace: pace(options.speed),
    events: eventWriter(client, "capa-controller-manager"),
    now: () => new Date(),
  };
  const runs = Object.values(cache).map((one) => one.run(ending.signal));
  const turns = takeTurns(options.say);
  const isSeeded = seededOnes();
  const look = () => {
    hurrySeeded(world, isSeeded);
    turns.each(cache.managedCluster, (object) => playManagedCluster(world, ManagedCluster.parse(object)));
    turns.each(cache.managedControlPlane, (object) => playControlPlane(world, ControlPlane.parse(object)));
    turns.each(cache.managedMachinePool, (object) => playNodeGroup(world, NodeGroup.parse(object)));
  };
  const isSynced = () => Object.values(cache).every((one) => one.isSynced());
  const looks = repeat(lookEveryMs, ending.signal, async () => (isSynced() ? look() : undefined));
  const sweeps = repeat(sweepEveryMs, ending.signal, async () =>
    isSynced() ? sweepLeftovers(world).catch((error: unknown) => options.say(`sweep: ${String(error)}`)) : undefined,
  );
  return {
    stop: async () => {
      ending.abort();
      await Promise.allSettled([...runs, looks, sweeps]);
      await turns.settled();
    },
  };
}

/** The seed's clusters are there before anybody looks: they are made fast, and changed and deleted at the usual pace. */
function hurrySeeded({ cache, pace: steps }: EksWorld, isSeeded: (object: KubeObject) => boolean): void {
  for (const object of [...cache.managedControlPlane.list(), ...cache.managedMachinePool.list()].filter(isSeeded)) {
    const uid = object.metadata.uid ?? "";
    const isMade = isTrue(Conditioned.parse(object).status?.conditions ?? [], "Ready");
    if (isMade || object.metadata.deletionTimestamp) steps.calm(uid);
    else steps.hurry(uid);
  }
}

/** Only what the seed applied: a cluster that somebody asked for carries the request, even under the same name. */
function seededOnes(): (object: KubeObject) => boolean {
  const keys = seedFleet().map((one) => one.key);
  return ({ metadata }) =>
    metadata.annotations?.["trellis.internal/request"] === undefined &&
    keys.includes(`${metadata.namespace ?? ""}/${metadata.labels?.["cluster.x-k8s.io/cluster-name"] ?? ""}`);
}

/** One object is played by one turn at a time; a turn that failed waits a moment before the next. */
function takeTurns(say: (line: string) => void) {
  const busy = new Map<string, Promise<void>>();
  const notBefore = new Map<string, number>();
  return {
    each(cache: ObjectCache, play: (object: KubeObject) => Promise<void>): void {
      for (const object of cache.list()) {
        const key = `${object.kind ?? ""}/${object.metadata.uid ?? keyOf(object.metadata)}`;
        if (busy.has(key) || (notBefore.get(key) ?? 0) > Date.now()) continue;
        const turn = play(object)
          .then(() => void notBefore.delete(key))
          .catch((error: unknown) => {
            notBefore.set(key, Date.now() + retryAfterMs);
            say(`eks player, ${keyOf(object.metadata)}: ${error instanceof Error ? error.message : String(error)}`);
          })
          .finally(() => busy.delete(key));
        busy.set(key, turn);
      }
    },
    settled: () => Promise.allSettled(busy.values()),
  };
}

async function repeat(everyMs: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
