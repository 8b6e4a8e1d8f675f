import type { KubernetesPort } from "../../adapters/kubernetes/port.ts";
import { CLUSTER_KINDS } from "./linked-objects.ts";

/** How one management cluster is watched: the shell's foot, `/readyz`, and the age under lists. `freshAt` is the oldest over the kinds. */
export type WatchStatus = {
  readonly id: string;
  readonly synced: boolean;
  readonly connected: boolean;
  readonly freshAt: Date | null;
  readonly lagMs: number | null;
  readonly objects: number;
  readonly lastError: string | null;
};

/** Reads only the watches' own health; calls nobody. */
export function watchStatus(kube: KubernetesPort, now: Date): readonly WatchStatus[] {
  return kube.ids().map((id) => {
    const port = kube.managementCluster(id);
    const healths = CLUSTER_KINDS.map((kind) => port.watch(kind).health());
    const times = healths.map(({ freshAt }) => freshAt?.getTime() ?? null);
    const freshAt = times.some((time) => time === null) ? null : new Date(Math.min(...times.map(Number)));
    return {
      id,
      synced: healths.every(({ synced }) => synced),
      connected: healths.every(({ connected }) => connected),
      freshAt,
      lagMs: freshAt === null ? null : Math.max(0, now.getTime() - freshAt.getTime()),
      objects: healths.reduce((sum, { objects }) => sum + objects, 0),
      lastError: healths.find(({ lastError }) => lastError !== null)?.lastError ?? null,
    };
  });
}
