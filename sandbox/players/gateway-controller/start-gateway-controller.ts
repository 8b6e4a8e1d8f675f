import { setTimeout as sleep } from "node:timers/promises";
import { type KubeClient, kubeClient } from "../../kube/kube-client.ts";
import type { ControllerIdentity } from "./controller-world.ts";
import { runController } from "./run-controller.ts";

const lookEveryMs = 200;
export type GatewayControllerOptions = ControllerIdentity & {
  /** Names the API server and the user; the controller opens connections of its own, it holds fifteen watches. */
  client: KubeClient;
  latticeUrl: string;
  /** One for each controller: the emulator's log tells callers apart by it. */
  accessKeyId: string;
  /** `RECONCILE_DEFAULT_RESYNC_SECONDS`, in real seconds; 0 is off. */
  resyncSeconds: number;
  speed: number;
  say: (line: string) => void;
  clock?: () => Date;
  /** Asked again and again: a controller that is down does nothing, and comes back as a new process. */
  faults?: { isDown?: () => boolean; isResyncOff?: () => boolean };
};

/**
 * Plays the AWS Gateway API Controller v2.1.3 of one cluster (lattice.md §1.3–1.12, §10), with everything in it that misleads. All it knows
 * between two looks stands in Kubernetes and Lattice; only Event counts, back-off and a minute of tags are lost by a restart, as the real one's.
 */
export function startGatewayController(options: GatewayControllerOptions): { stop: () => Promise<void> } {
  const ending = new AbortController();
  const client = kubeClient({ ...options.client.options, manager: "gateway-api-controller" });
  const isDown = () => options.faults?.isDown?.() ?? false;

  async function loop(): Promise<void> {
    let running: { stop: () => Promise<void> } | null = null;
    while (!ending.signal.aborted) {
      if (isDown() && running) {
        await running.stop();
        running = null;
      }
      if (!isDown()) running ??= runController({ ...options, client });
      await sleep(lookEveryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
    await running?.stop();
  }
  const looping = loop();
  return {
    stop: async () => {
      ending.abort();
      await looping;
      await client.close();
    },
  };
}
