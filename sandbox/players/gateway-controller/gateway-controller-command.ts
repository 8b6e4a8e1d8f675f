import type { ControllerIdentity } from "./controller-world.ts";

export type GatewayControllerCommandOptions = ControllerIdentity & {
  /** The binary, as `TRELLIS_GATEWAY_CONTROLLER` names it. */
  program: string;
  kubeconfig: string;
  latticeUrl: string;
  accessKeyId: string;
  resyncSeconds: number;
  ports: { metrics: number; health: number };
};
export type Command = { program: string; args: string[]; env: Record<string, string> };

/** How the real controller is started against the emulator (lattice.md §10.4). It asks no instance for its identity and reads no AWS files. */
export function gatewayControllerCommand(options: GatewayControllerCommandOptions): Command {
  const { program, kubeconfig, latticeUrl, accessKeyId, ports } = options;
  return {
    program,
    args: [
      `--metrics-bind-address=127.0.0.1:${ports.metrics}`,
      `--health-probe-bind-address=127.0.0.1:${ports.health}`,
      "--leader-elect=false",
    ],
    env: {
      KUBECONFIG: kubeconfig,
      CLUSTER_NAME: options.clusterName,
      CLUSTER_VPC_ID: options.vpcId,
      AWS_ACCOUNT_ID: options.awsAccountId,
      REGION: options.region,
      AWS_REGION: options.region,
      LATTICE_ENDPOINT: latticeUrl,
      AWS_ENDPOINT_URL: latticeUrl,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: `${accessKeyId}-secret`,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      ...(options.resyncSeconds > 0 ? { RECONCILE_DEFAULT_RESYNC_SECONDS: String(options.resyncSeconds) } : {}),
    },
  };
}
