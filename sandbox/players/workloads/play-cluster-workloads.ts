import { setTimeout as sleep } from "node:timers/promises";
import type { KubeClient } from "../../kube/kube-client.ts";
import { collectOrphans, playDeployment, playReplicaSet } from "./play-deployments.ts";
import { playEndpointSlices } from "./play-endpoint-slices.ts";
import { playNode, playPod } from "./play-pod.ts";
import { type AddressBook, releaseAddresses } from "./pod-addresses.ts";
import { type WorkloadWorld, workloadWorld } from "./workload-world.ts";

/** Pods take their time to start and end, so there is something to do without an event, too. */
const lookEveryMs = 1_000;
const settleMs = 60;
const retryAfterMs = 500;
export type ClusterWorkloads = {
  /** Whether anybody runs a Service of their own there. */
  hasServices: () => boolean;
  stop: () => Promise<void>;
};

/** Plays kube-controller-manager, scheduler and kubelets for the workloads of one tenant cluster. What it knows it reads from the objects. */
export function playClusterWorkloads(options: {
  name: string;
  client: KubeClient;
  block: string;
  addresses: AddressBook;
  say: (line: string) => void;
}): ClusterWorkloads {
  const ending = new AbortController();
  let wake = new AbortController();
  const world = workloadWorld({ ...options, changed: () => wake.abort() });
  const runs = world.run(ending.signal);
  const mine = new Set<string>();

  async function loop(): Promise<void> {
    while (!ending.signal.aborted) {
      wake = new AbortController();
      if (world.isSynced())
        await look(world, mine).catch(async (error: unknown) => {
          if (!ending.signal.aborted)
            options.say(`workloads of ${options.name}: ${error instanceof Error ? error.message : String(error)}`);
          await sleep(retryAfterMs, undefined, { signal: ending.signal }).catch(() => undefined);
        });
      await sleep(lookEveryMs, undefined, { signal: AbortSignal.any([ending.signal, wake.signal]) }).catch(() => undefined);
      await sleep(settleMs);
    }
  }
  const looping = loop();
  return {
    hasServices: () => world.isSynced() && world.services().some((service) => service.spec.selector !== undefined),
    stop: async () => {
      ending.abort();
      await Promise.allSettled([looping, ...runs]);
      releaseAddresses(options.addresses, mine, new Set());
    },
  };
}

async function look(world: WorkloadWorld, mine: Set<string>): Promise<void> {
  await collectOrphans(world);
  for (const deployment of world.deployments()) await playDeployment(world, deployment);
  for (const set of world.replicaSets()) if (!set.metadata.deletionTimestamp) await playReplicaSet(world, set);
  for (const node of world.nodes()) await playNode(world, node);
  await Promise.all(world.pods().map((pod) => playPod(world, pod)));
  await playEndpointSlices(world);
  const living = new Set(world.pods().map((pod) => pod.metadata.uid ?? ""));
  for (const uid of living) mine.add(uid);
  releaseAddresses(world.addresses, mine, living);
}
