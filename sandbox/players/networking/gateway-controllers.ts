import type { KubeClient } from "../../kube/kube-client.ts";
import { seedNetworking } from "../../seed/apply-infrastructure.ts";
import type { GatewayControllerStarter } from "../gateway-controller/start-real-gateway-controller.ts";
import type { TenantCluster } from "../workloads/tenant-clusters.ts";
import { controllerCaller } from "./aws-callers.ts";
import type { LatticeSide } from "./start-lattice-side.ts";

/** Lattice's reference asks for a resync wherever routes and exports are in different clusters (lattice.md §1.13). */
const resyncSeconds = 300;
export const management = "management";
type Tuning = { resyncSeconds: number };
type Controller = {
  start: (tuning: Tuning) => { stop: () => Promise<void> };
  tuning: Tuning;
  halted: boolean;
  running: { stop: () => Promise<void> } | null;
};
export type GatewayControllersOptions = {
  lattice: LatticeSide;
  /** Of the management API server and of the tenants', with cluster-admin. */
  connect: (server: string) => KubeClient;
  managementServer: string;
  /** The player, or the real binary. */
  startController: GatewayControllerStarter;
  speed: number;
  say: (line: string) => void;
};

/** The gateway controllers at work: one on the management cluster from the start, one for each tenant cluster that has Services. */
export function gatewayControllers(options: GatewayControllersOptions) {
  const { lattice, connect, startController, speed, say } = options;
  const known = new Map<string, Controller>();
  const wishes = new Map<string, Partial<Tuning> & { halted?: boolean }>();

  function add(key: string, identity: { clusterName: string; vpcId: string; awsAccountId: string; region: string }, server: string): void {
    const caller = controllerCaller(key, identity.awsAccountId);
    lattice.emulator.control.putCaller(caller);
    const start = (tuning: Tuning) => {
      const client = connect(server);
      const { accessKeyId } = caller;
      const controller = startController({
        ...identity,
        ...tuning,
        client,
        accessKeyId,
        latticeUrl: lattice.emulator.url,
        speed,
        say,
      });
      return { stop: () => controller.stop().then(() => client.close()) };
    };
    const { halted = false, ...tuning } = wishes.get(key) ?? {};
    const controller: Controller = { start, tuning: { resyncSeconds, ...tuning }, halted, running: null };
    controller.running = halted ? null : start(controller.tuning);
    known.set(key, controller);
  }

  async function remove(key: string): Promise<void> {
    const controller = known.get(key);
    known.delete(key);
    await controller?.running?.stop();
  }

  /** A wish holds for the controller that runs and for one that comes later. */
  async function tune(key: string, wish: Partial<Tuning> & { halted?: boolean }): Promise<void> {
    const wished = { ...wishes.get(key), ...wish };
    wishes.set(key, wished);
    const controller = known.get(key);
    if (!controller) return;
    const { halted = false, ...tuning } = wished;
    const next = { resyncSeconds, ...tuning };
    if (halted === controller.halted && next.resyncSeconds === controller.tuning.resyncSeconds) return;
    const before = controller.running;
    Object.assign(controller, { halted, tuning: next, running: null });
    await before?.stop();
    if (!halted && known.get(key) === controller) controller.running = controller.start(next);
  }

  return {
    startManagement: () => {
      const home = seedNetworking().networking.lattice[0];
      if (!home) return;
      const { account: awsAccountId, region } = lattice.place;
      add(management, { ...home.controller, awsAccountId, region }, options.managementServer);
    },
    /** The controller of a tenant cluster, from its first Service until the cluster goes. */
    accompany: (tenant: TenantCluster, client: KubeClient) => {
      const { eksName: clusterName, vpcId, accountId: awsAccountId, region } = tenant;
      add(tenant.key, { clusterName, vpcId, awsAccountId, region }, client.server);
      return Promise.resolve({ stop: () => remove(tenant.key) });
    },
    /** Ends a controller as if its Deployment had no replicas, until `resume`. `key`: `management`, or `<namespace>/<cluster>`. */
    halt: (key: string) => tune(key, { halted: true }),
    resume: (key: string) => tune(key, { halted: false }),
    /** Starts it anew with another `RECONCILE_DEFAULT_RESYNC_SECONDS`; null is the usual one. */
    setResync: (key: string, seconds: number | null) => tune(key, { resyncSeconds: seconds ?? resyncSeconds }),
    running: () => [...known].filter(([, one]) => one.running !== null).map(([key]) => key),
    stop: async () => {
      await Promise.allSettled([...known.keys()].map((key) => remove(key)));
    },
  };
}
export type GatewayControllers = ReturnType<typeof gatewayControllers>;
