import type { Binaries } from "../../cluster/build-binaries.ts";
import { startChild } from "../../cluster/child-process.ts";
import { keepRunning } from "../../cluster/keep-running.ts";
import { kubeconfigText } from "../../kube/kubeconfig.ts";
import { freePorts } from "../../state/ports.ts";
import { type SandboxFolder, writePrivate } from "../../state/sandbox-folder.ts";
import { gatewayControllerCommand } from "./gateway-controller-command.ts";
import type { GatewayControllerOptions } from "./start-gateway-controller.ts";

const stopMs = 2_000;

/** The path of a real controller to run instead of the player, or null. */
export function realGatewayController(environment: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const path = environment.TRELLIS_GATEWAY_CONTROLLER ?? "";
  return path === "" ? null : path;
}

/** Runs a real controller as a child of the sandbox, started again whenever it ends by itself; its output is a log file. Its time is real time. */
export async function startRealGatewayController(
  options: GatewayControllerOptions & { folder: SandboxFolder; binaries: Binaries; program: string },
): Promise<{ stop: () => Promise<void> }> {
  const { folder, binaries, client, clusterName } = options;
  const name = `gateway-controller-${clusterName}`;
  const kubeconfig = folder.at("gateway-controllers", `${clusterName}.kubeconfig`);
  const { server, ca, token } = client.options;
  writePrivate(
    kubeconfig,
    kubeconfigText({
      name: clusterName,
      server,
      ca,
      user: "gateway-api-controller",
      token: typeof token === "string" ? token : token(),
    }),
  );
  const [metrics = 0, health = 0] = await freePorts(2);
  const command = gatewayControllerCommand({ ...options, kubeconfig, ports: { metrics, health } });
  const kept = keepRunning(() => startChild(folder, { name, launcher: binaries.launcher, ...command }), options.say);
  return {
    stop: async () => {
      kept.release();
      await kept.stop(stopMs);
    },
  };
}
