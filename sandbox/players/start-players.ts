import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "../cluster/build-binaries.ts";
import type { CustomResourceDefinition } from "../cluster/custom-resource-definitions.ts";
import type { RunningCluster } from "../cluster/start-cluster.ts";
import type { FaultScene } from "../faults/fault-scene.ts";
import { faultStore } from "../faults/fault-store.ts";
import { startFaultRunner } from "../faults/start-fault-runner.ts";
import { startIdentityServer } from "../identity/identity-server.ts";
import { kubeClient } from "../kube/kube-client.ts";
import { startFleetSeed } from "../seed/start-fleet-seed.ts";
import { writePortalFiles } from "../seed/write-portal-files.ts";
import { writeStandIns } from "../stand-ins/write-stand-ins.ts";
import type { Ports } from "../state/ports.ts";
import type { SandboxFolder } from "../state/sandbox-folder.ts";
import type { Secrets } from "../state/secrets.ts";
import { startEksPlayer } from "./eks/eks-player.ts";
import { readTenants } from "./eks/tenant-slots.ts";
import { gatewayControllerStarter } from "./gateway-controller/start-real-gateway-controller.ts";
import { type GatewayControllers, gatewayControllers } from "./networking/gateway-controllers.ts";
import { type LatticeSide, startLatticeSide } from "./networking/start-lattice-side.ts";
import { startQuotaPlayer } from "./quota/quota-player.ts";
import { startWorkloadsPlayer } from "./workloads/start-workloads-player.ts";

/** A call in flight may hang on an API server that is ending too. */
const stopMs = 2_000;
export type PlayerOptions = {
  folder: SandboxFolder;
  cluster: RunningCluster;
  ports: Ports;
  secrets: Secrets;
  binaries: Binaries;
  definitions: CustomResourceDefinition[];
  speed: number;
  seedFleet: boolean;
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
  const lattice = await startLatticeSide({ folder, port: ports.lattice, secrets, speed, foreignServices: options.seedFleet, say });
  const connect = (server: string) => kubeClient({ server, ca: cluster.ca, token: secrets.playerToken, manager: "gateway-api-controller" });
  const startController = gatewayControllerStarter({ folder, binaries: options.binaries });
  const controllers = gatewayControllers({ lattice, connect, managementServer: cluster.server, startController, speed, say });
  controllers.startManagement();
  const workloads = startWorkloadsPlayer({
    folder,
    client: cluster.player,
    pool: cluster.pool,
    definitions: options.definitions,
    accompany: controllers.accompany,
    say,
  });
  const faults = startFaultRunner({ folder, store: faultStore(folder), scene: faultScene(options, lattice, controllers), say });
  writePortalFiles(folder, ports, secrets, new Date());
  const portal = kubeClient({ server: cluster.server, ca: cluster.ca, token: secrets.portalToken, manager: "trellis" });
  const fleet = options.seedFleet ? startFleetSeed({ folder, portal, say }) : null;
  return {
    stop: async () => {
      const all = [
        identity.stop(),
        eks.stop(),
        quota.stop(),
        faults.stop(),
        workloads.stop(),
        controllers.stop(),
        ...(fleet ? [fleet.stop()] : []),
      ];
      await Promise.race([Promise.allSettled(all), sleep(stopMs)]);
      await Promise.race([Promise.allSettled([lattice.stop(), portal.close()]), sleep(stopMs)]);
    },
  };
}

/** What the faults may lay their hands on. */
function faultScene({ folder, cluster }: PlayerOptions, lattice: LatticeSide, controllers: GatewayControllers): FaultScene {
  return {
    control: lattice.emulator.control,
    place: lattice.place,
    somebody: lattice.somebody,
    controllers,
    restoreAws: lattice.restore,
    management: cluster.player,
    tenant: async (name) => {
      const tenant = readTenants(folder).find((one) => one.cluster === name || one.eksName === name);
      return tenant ? (await cluster.pool.server(tenant.slot)).client : null;
    },
  };
}
