import type { Binaries } from "../cluster/build-binaries.ts";
import type { RunningCluster } from "../cluster/start-cluster.ts";
import { faultStore } from "../faults/fault-store.ts";
import type { Ports } from "../state/ports.ts";
import type { SandboxFolder } from "../state/sandbox-folder.ts";
import type { Secrets } from "../state/secrets.ts";
import { startEksPlayer } from "./eks/eks-player.ts";

export type PlayerOptions = { folder: SandboxFolder; cluster: RunningCluster; ports: Ports; secrets: Secrets; binaries: Binaries; speed: number; progress: (line: string) => void };

/** Starts everything that plays AWS, CAPA, the quota controller and the identity provider, and writes what the portal is told. */
export async function startPlayers(options: PlayerOptions): Promise<{ stop: () => Promise<void> }> {
  const { folder, cluster, speed } = options;
  const say = (line: string) => console.error(`${new Date().toISOString()} ${line}`);
  const faults = faultStore(folder);
  const eks = startEksPlayer({ folder, client: cluster.player, pool: cluster.pool, faults, speed, ca: cluster.ca, say });
  return { stop: () => eks.stop() };
}
