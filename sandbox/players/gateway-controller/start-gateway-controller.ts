import { setTimeout as sleep } from "node:timers/promises";
import type { KubeClient } from "../../kube/kube-client.ts";
import { awsCalls } from "./aws-calls.ts";
import { controllerQueues } from "./controller-queues.ts";
import { type ControllerIdentity, type ControllerWorld, networkCaches } from "./controller-world.ts";
import { eventRecorder } from "./event-recorder.ts";
import { messageOf } from "./reconcile-errors.ts";
import { tagReader } from "./tag-reader.ts";
import { collectTargetGroups } from "./target-groups/collect-target-groups.ts";

const usualCollectSeconds = 30;

export type GatewayControllerOptions = ControllerIdentity & {
  /** Of one API server, used by nobody else: it holds fifteen watches. */
  client: KubeClient;
  latticeUrl: string;
  /** One for each controller: the emulator's log tells callers apart by it. */
  accessKeyId: string;
  /** `RECONCILE_DEFAULT_RESYNC_SECONDS`, in real seconds; 0 is off. */
  resyncSeconds: number;
  /** How often unused target groups are looked for, in real seconds. */
  collectSeconds?: number;
  speed: number;
  /** The player's only: how many Events of one object are left to it; 0 is a controller that has used its budget up. */
  eventBurst?: number;
  say: (line: string) => void;
  clock?: () => Date;
};

/**
 * Plays the AWS Gateway API Controller v2.1.3 of one cluster (lattice.md §1.3–1.12, §10), with everything in it that misleads. All it knows
 * between two looks stands in Kubernetes and Lattice; only Event counts, back-off and a minute of tags are lost by a restart, as the real one's.
 */
export function startGatewayController(options: GatewayControllerOptions): { stop: () => Promise<void> } {
  const { client, latticeUrl, accessKeyId, region, speed, say } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const clock = options.clock ?? (() => new Date());
  const now = () => clock().getTime();
  const aws = awsCalls({ latticeUrl, region, accessKeyId, speed, signal });
  const events = eventRecorder({ client, speed, now, eventBurst: options.eventBurst });
  const identity = { clusterName: options.clusterName, vpcId: options.vpcId, awsAccountId: options.awsAccountId, region };
  const queues = controllerQueues({ speed, resyncSeconds: options.resyncSeconds, signal, say, name: identity.clusterName });
  const cache = networkCaches(client, (kind, object, gone) => queues.changed(kind, object, gone));
  const world: ControllerWorld = {
    client,
    cache,
    aws,
    tags: tagReader(aws, speed, now),
    event: events.record,
    identity,
    managedBy: `${identity.awsAccountId}/${identity.clusterName}/${identity.vpcId}`,
    speed,
    now: clock,
    say,
  };
  const watches = Object.values(cache).map((one) => one.run(signal));
  const running = untilSynced(world, signal).then(() =>
    Promise.all([queues.run(world), collect(world, ((options.collectSeconds ?? usualCollectSeconds) * 1_000) / speed, signal)]),
  );
  return {
    stop: async () => {
      ending.abort();
      await Promise.allSettled([...watches, running]);
      await events.settled();
      aws.close();
    },
  };
}

async function untilSynced(world: ControllerWorld, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !Object.values(world.cache).every((one) => one.isSynced()))
    await sleep(50, undefined, { signal }).catch(() => undefined);
}

async function collect(world: ControllerWorld, everyMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const isTime = await sleep(everyMs, true, { signal }).catch(() => false);
    if (!isTime) return;
    await collectTargetGroups(world).catch((error: unknown) =>
      signal.aborted ? undefined : world.say(`gateway controller ${world.identity.clusterName}: collector: ${messageOf(error)}`),
    );
  }
}
