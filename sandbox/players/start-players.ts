import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "../cluster/build-binaries.ts";
import type { RunningCluster } from "../cluster/start-cluster.ts";
import { faultStore } from "../faults/fault-store.ts";
import { startIdentityServer } from "../identity/identity-server.ts";
import { writePortalFiles } from "../seed/write-portal-files.ts";
import { writeStandIns } from "../stand-ins/write-stand-ins.ts";
import type { Ports } from "../state/ports.ts";
import type { SandboxFolder } from "../state/sandbox-folder.ts";
import type { Secrets } from "../state/secrets.ts";
import { startEksPlayer } from "./eks/eks-player.ts";
import { startQuotaPlayer } from "./quota/quota-player.ts";

/** A call in flight may hang on an API server that is ending too. */
const stopMs = 2_000;
export type PlayerOptions = {
  folder: SandboxFolder;
  cluster: RunningCluster;
  ports: Ports;
  secrets: Secrets;
  binaries: Binaries;
  speed: number;
  say: (line: string) => void;
};

/** Starts everything that plays AWS, CAPA, the quota controller and the identity provider, and writes what the portal is told. */
export async function startPlayers(options: PlayerOptions): Promise<{ stop: () => Promise<void> }> {
  const { folder, cluster, ports, secrets, speed, say } = options;
  writeStandIns(folder, options.binaries.kubectl);
  const identity = await startIdentityServer({ folder, port: ports.issuer, secrets, say });
  const eks = startEksPlayer({
    folder,
    client: cluster.player,
    pool: cluster.pool,
    faults: faultStore(folder),
    speed,
    ca: cluster.ca,
    say,
  });
  const quota = startQuotaPlayer(cluster.player, say);
  writePortalFiles(folder, ports, secrets, new Date());
  return {
    stop: async () => {
      await Promise.race([Promise.all([identity.stop(), eks.stop(), quota.stop()]), sleep(stopMs)]);
    },
  };
}
