import { expect, it } from "vitest";
import { gatewayControllerCommand } from "./gateway-controller-command.ts";

const options = {
  program: "/opt/controller",
  kubeconfig: "/tmp/one/kubeconfig",
  latticeUrl: "http://127.0.0.1:28080",
  accessKeyId: "AKIAMGMT",
  resyncSeconds: 300,
  ports: { metrics: 20001, health: 20002 },
  clusterName: "trellis-mgmt",
  vpcId: "vpc-0d1e2f30415263748",
  awsAccountId: "333344445555",
  region: "ap-northeast-1",
};

it("starts the real controller with its identity, the emulator as every AWS endpoint, and nothing of the machine's own AWS", () => {
  expect(gatewayControllerCommand(options)).toEqual({
    program: "/opt/controller",
    args: ["--metrics-bind-address=127.0.0.1:20001", "--health-probe-bind-address=127.0.0.1:20002", "--leader-elect=false"],
    env: {
      KUBECONFIG: "/tmp/one/kubeconfig",
      CLUSTER_NAME: "trellis-mgmt",
      CLUSTER_VPC_ID: "vpc-0d1e2f30415263748",
      AWS_ACCOUNT_ID: "333344445555",
      REGION: "ap-northeast-1",
      AWS_REGION: "ap-northeast-1",
      LATTICE_ENDPOINT: "http://127.0.0.1:28080",
      AWS_ENDPOINT_URL: "http://127.0.0.1:28080",
      AWS_ACCESS_KEY_ID: "AKIAMGMT",
      AWS_SECRET_ACCESS_KEY: "AKIAMGMT-secret",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      RECONCILE_DEFAULT_RESYNC_SECONDS: "300",
    },
  });
});

it("leaves drift detection at the controller's default, off, when no resync is wanted", () => {
  expect(gatewayControllerCommand({ ...options, resyncSeconds: 0 }).env).not.toHaveProperty("RECONCILE_DEFAULT_RESYNC_SECONDS");
});
