import type { Binaries } from "../../cluster/build-binaries.ts";
import { startChild } from "../../cluster/child-process.ts";
import { type KeptChild, keepRunning } from "../../cluster/keep-running.ts";
import { kubeconfigText } from "../../kube/kubeconfig.ts";
import { freePorts } from "../../state/ports.ts";
import { type SandboxFolder, writePrivate } from "../../state/sandbox-folder.ts";
import { gatewayControllerCommand } from "./gateway-controller-command.ts";
import { type GatewayControllerOptions, startGatewayController } from "./start-gateway-controller.ts";

const stopMs = 2_000;
type Machine = { folder: SandboxFolder; binaries: Binaries };
export type GatewayControllerStarter = (options: GatewayControllerOptions) => { stop: () => Promise<void> };

/** Starts players, or with `TRELLIS_GATEWAY_CONTROLLER=<path>` that real binary in their place. */
export function gatewayControllerStarter(
  machine: Machine,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): GatewayControllerStarter {
  const program = environment.TRELLIS_GATEWAY_CONTROLLER ?? "";
  if (program === "") return startGatewayController;
  return (options) => startRealGatewayController(options, { ...machine, program });
}

/** Runs a real controller as a child of the sandbox, started again whenever it ends by itself; its output is a log file. Its time is real time. */
export function startRealGatewayController(
  options: GatewayControllerOptions,
  { folder, binaries, program }: Machine & { program: string },
): { stop: () => Promise<void> } {
  const { client, clusterName } = options;
  const { server, ca, token } = client.options;
  const name = `gateway-controller-${clusterName}`;
  const kubeconfig = folder.at("gateway-controllers", `${clusterName}.kubeconfig`);
  const user = { user: "gateway-api-controller", token: typeof token === "string" ? token : token() };
  writePrivate(kubeconfig, kubeconfigText({ name: clusterName, server, ca, ...user }));
  let kept: KeptChild | null = null;
  let stopped = false;
  const started = freePorts(2).then(([metrics = 0, health = 0]) => {
    if (stopped) return;
    const command = gatewayControllerCommand({ ...options, program, kubeconfig, ports: { metrics, health } });
    kept = keepRunning(() => startChild(folder, { name, launcher: binaries.launcher, ...command }), options.say);
  });
  started.catch((error: unknown) => options.say(`${name} could not be started: ${String(error)}`));
  return {
    stop: async () => {
      stopped = true;
      await started.catch(() => undefined);
      kept?.release();
      await kept?.stop(stopMs);
    },
  };
}
