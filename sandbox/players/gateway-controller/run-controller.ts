import { setTimeout as sleep } from "node:timers/promises";
import { awsCalls } from "./aws-calls.ts";
import { controllerQueues } from "./controller-queues.ts";
import { type ControllerWorld, networkCaches } from "./controller-world.ts";
import { eventRecorder } from "./event-recorder.ts";
import { messageOf } from "./reconcile-errors.ts";
import type { GatewayControllerOptions } from "./start-gateway-controller.ts";
import { tagReader } from "./tag-reader.ts";
import { collectTargetGroups } from "./target-groups/collect-target-groups.ts";

const collectEverySeconds = 30;

/** One process of the controller, from its start to its end. */
export function runController(options: GatewayControllerOptions): { stop: () => Promise<void> } {
  const { client, latticeUrl, accessKeyId, region, speed, say } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const clock = options.clock ?? (() => new Date());
  const now = () => clock().getTime();
  const aws = awsCalls({ latticeUrl, region, accessKeyId, speed, signal });
  const events = eventRecorder({ client, speed, now });
  const identity = { clusterName: options.clusterName, vpcId: options.vpcId, awsAccountId: options.awsAccountId, region };
  const resyncSeconds = () => (options.faults?.isResyncOff?.() ? 0 : options.resyncSeconds);
  const queues = controllerQueues({ speed, resyncSeconds, signal, say, name: identity.clusterName });
  const cache = networkCaches(client, (kind, object, gone) => queues.changed(kind, object, gone));
  const world: ControllerWorld = {
    client,
    cache,
    aws,
    tags: tagReader(aws, speed, now),
    event: events.record,
    identity,
    managedBy: `${identity.awsAccountId}/${identity.clusterName}/${identity.vpcId}`,
    now: clock,
    say,
  };
  const watches = Object.values(cache).map((one) => one.run(signal));
  const running = untilSynced(world, signal).then(() => Promise.all([queues.run(world), collect(world, speed, signal)]));
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

async function collect(world: ControllerWorld, speed: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep((collectEverySeconds * 1_000) / speed, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await collectTargetGroups(world).catch((error: unknown) =>
      signal.aborted ? undefined : world.say(`gateway controller ${world.identity.clusterName}: collector: ${messageOf(error)}`),
    );
  }
}
