import { isDeepStrictEqual } from "node:util";
import type { KubeClient } from "../../kube/kube-client.ts";
import { seedNetworking } from "../../seed/apply-infrastructure.ts";
import type { ControllerIdentity } from "../gateway-controller/controller-world.ts";
import { usualEventBurst } from "../gateway-controller/event-correlator.ts";
import type { GatewayControllerStarter } from "../gateway-controller/start-real-gateway-controller.ts";
import type { TenantCluster } from "../workloads/tenant-clusters.ts";
import { controllerCaller } from "./aws-callers.ts";
import type { LatticeSide } from "./start-lattice-side.ts";

/** Lattice's reference asks for a resync wherever routes and exports are in different clusters (lattice.md §1.13). */
const usual: Tuning = { resyncSeconds: 300, eventBurst: usualEventBurst };
export const management = "management";
type Tuning = { resyncSeconds: number; eventBurst: number };
type Wish = { halted: boolean; tuning: Tuning };
type Running = { stop: () => Promise<void> };
type Controller = { start: (tuning: Tuning) => Running; held: Wish; running: Running | null };
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
  const wishes = new Map<string, Wish>();
  const wishOf = (key: string): Wish => wishes.get(key) ?? { halted: false, tuning: usual };

  function add(key: string, identity: ControllerIdentity, server: string): void {
    const caller = controllerCaller(key, identity.awsAccountId);
    lattice.emulator.control.putCaller(caller);
    const start = (tuning: Tuning): Running => {
      const client = connect(server);
      const { accessKeyId } = caller;
      const controller = startController({ ...identity, ...tuning, client, accessKeyId, latticeUrl: lattice.emulator.url, speed, say });
      return { stop: () => controller.stop().then(() => client.close()) };
    };
    const held = wishOf(key);
    known.set(key, { start, held, running: held.halted ? null : start(held.tuning) });
  }

  async function remove(key: string): Promise<void> {
    const controller = known.get(key);
    known.delete(key);
    await controller?.running?.stop();
  }

  /** A wish holds for the controller that runs, which is started anew, and for one that comes later. */
  async function wish(key: string, change: { halted?: boolean; tuning?: Partial<Tuning> }): Promise<void> {
    const before = wishOf(key);
    const next = { halted: change.halted ?? before.halted, tuning: { ...before.tuning, ...change.tuning } };
    wishes.set(key, next);
    const controller = known.get(key);
    if (!controller || isDeepStrictEqual(controller.held, next)) return;
    const { running } = controller;
    Object.assign(controller, { held: next, running: null });
    await running?.stop();
    if (!next.halted && known.get(key) === controller) controller.running = controller.start(next.tuning);
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
    halt: (key: string) => wish(key, { halted: true }),
    /** As a rollout of its Deployment would: it looks at everything anew. */
    restart: async (key: string): Promise<void> => {
      const controller = known.get(key);
      if (!controller?.running) return;
      const { running } = controller;
      controller.running = null;
      await running.stop();
      if (!controller.held.halted && known.get(key) === controller) controller.running = controller.start(controller.held.tuning);
    },
    resume: (key: string) => wish(key, { halted: false }),
    /** Starts it anew with another `RECONCILE_DEFAULT_RESYNC_SECONDS`; null is the usual one. */
    setResync: (key: string, seconds: number | null) => wish(key, { tuning: { resyncSeconds: seconds ?? usual.resyncSeconds } }),
    /** Starts it anew with so many Events left for each object; null is the usual budget. */
    setEventBurst: (key: string, burst: number | null) => wish(key, { tuning: { eventBurst: burst ?? usual.eventBurst } }),
    running: () => [...known].filter(([, one]) => one.running !== null).map(([key]) => key),
    stop: async () => {
      await Promise.allSettled([...known.keys()].map((key) => remove(key)));
    },
  };
}
export type GatewayControllers = ReturnType<typeof gatewayControllers>;
