import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { KubeClient } from "../../kube/kube-client.ts";
import { KubeObject, refOf, resources } from "../../kube/kube-object.ts";
import { objectCache } from "../../kube/object-cache.ts";
import { countObjects } from "./count-objects.ts";

const lookEveryMs = 2_000;
const Amounts = z.record(z.string(), z.string());
const Quota = KubeObject.extend({
  spec: z.looseObject({ hard: Amounts.optional() }).optional(),
  status: z.looseObject({ hard: Amounts.optional(), used: Amounts.optional() }).optional(),
});

/**
 * Writes `ResourceQuota.status`, which kube-controller-manager would write: admission enforces a quota only once its status names the
 * limit. Usage is counted again at every look, because admission only ever raises it and nobody else lowers it after a deletion.
 */
export function startQuotaPlayer(client: KubeClient, say: (line: string) => void): { stop: () => Promise<void> } {
  const ending = new AbortController();
  let wake = new AbortController();
  const quotas = objectCache(client, resources.resourceQuota, () => wake.abort());
  const clusters = objectCache(client, resources.cluster, () => wake.abort());
  const runs = [quotas.run(ending.signal), clusters.run(ending.signal)];

  async function look(): Promise<void> {
    for (const object of quotas.list()) {
      const quota = Quota.parse(object);
      const hard = quota.spec?.hard ?? {};
      const namespace = quota.metadata.namespace ?? "";
      const entries = await Promise.all(
        Object.keys(hard).map(async (name) => [name, await countObjects(client, name, namespace)] as const),
      );
      const used = Object.fromEntries(entries.flatMap(([name, count]) => (count === null ? [] : [[name, String(count)]])));
      const counted = Object.fromEntries(Object.entries(hard).filter(([name]) => name in used));
      if (isDeepStrictEqual(quota.status?.hard, counted) && isDeepStrictEqual(quota.status?.used, used)) continue;
      // Admission may have raised the usage since we read it: only write on top of what was read.
      const patch = { metadata: { resourceVersion: quota.metadata.resourceVersion }, status: { hard: counted, used } };
      await client.merge(resources.resourceQuota, refOf(quota), patch, "/status");
    }
  }

  async function loop(): Promise<void> {
    while (!ending.signal.aborted) {
      wake = new AbortController();
      if (quotas.isSynced() && clusters.isSynced())
        await look().catch((error: unknown) => say(`quota player: ${error instanceof Error ? error.message : String(error)}`));
      await sleep(lookEveryMs, undefined, { signal: AbortSignal.any([ending.signal, wake.signal]) }).catch(() => undefined);
      await sleep(50);
    }
  }
  const looping = loop();
  return {
    stop: async () => {
      ending.abort();
      await Promise.allSettled([looping, ...runs]);
    },
  };
}
