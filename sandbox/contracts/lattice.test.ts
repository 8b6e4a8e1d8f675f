import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { VPCLattice } from "@aws-sdk/client-vpc-lattice";
import {
  CONTRACT_GROUP,
  CONTRACT_LOG,
  CONTRACT_POLICY,
  CONTRACT_TAGS,
  CONTRACT_VPC,
  describeLatticeContract,
  type LatticeContractWorld,
} from "../../lib/adapters/lattice/contract.ts";
import { createLattice } from "../../lib/adapters/lattice/index.ts";
import type { LatticeFault } from "../lattice/faults/fault-list.ts";
import { startLatticeEmulator } from "../lattice/start-lattice-emulator.ts";

const AWS_ACCOUNT = "333344445555";
const REGION = "ap-northeast-1";
const READ_ROLE = `arn:aws:iam::${AWS_ACCOUNT}:role/trellis-lattice-read`;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const unmeasured = { count: () => undefined, gauge: () => undefined, observe: () => undefined, render: async () => "" };

const FAULTS: Readonly<Record<Parameters<LatticeContractWorld["refuse"]>[0], LatticeFault>> = {
  throttled: { operation: "GetService", status: 429, type: "ThrottlingException", message: "Rate exceeded", retryAfterSeconds: 1 },
  denied: { operation: "GetService", status: 403, type: "AccessDeniedException", message: "User is not authorized" },
  unreachable: { operation: "GetService", network: "reset" },
};

// The portal's own credentials come from the SDK's default chain.
process.env.AWS_ACCESS_KEY_ID = "AKIAPORTAL";
process.env.AWS_SECRET_ACCESS_KEY = "not-checked";

describeLatticeContract("emulator", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "lattice-contract-"));
  const emulator = await startLatticeEmulator({
    file: path.join(folder, "lattice.json"),
    port: 0,
    speed: 100_000,
    callers: [
      { accessKeyId: "AKIAMGMT", caller: "mgmt-local", account: AWS_ACCOUNT },
      { accessKeyId: "AKIAPORTAL", caller: "portal", account: "444455556666" },
    ],
    roles: [{ arn: READ_ROLE, externalId: "trellis", caller: "portal-reader", access: "read" }],
    token: "the-token",
  });
  const lattice = createLattice({ endpoint: emulator.url, log: quiet, metrics: unmeasured, clock: { now: () => new Date() } });
  const ids = await buildScene(emulator);
  return {
    lattice,
    account: { id: "prod", awsAccountId: AWS_ACCOUNT, region: REGION, roleArn: READ_ROLE, externalId: "trellis", callsPerSecond: 100 },
    ids,
    serviceCount: 124,
    async refuse(how) {
      const id = emulator.control.putFault(FAULTS[how]);
      return async () => emulator.control.removeFault({ id });
    },
    async close() {
      lattice.close();
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

async function buildScene(emulator: Awaited<ReturnType<typeof startLatticeEmulator>>): Promise<LatticeContractWorld["ids"]> {
  const aws = new VPCLattice({
    endpoint: emulator.url,
    region: REGION,
    credentials: { accessKeyId: "AKIAMGMT", secretAccessKey: "not-checked" },
  });
  const network = idOf(await aws.createServiceNetwork({ name: "net-prod", authType: "AWS_IAM" }));
  await aws.putAuthPolicy({ resourceIdentifier: network, policy: CONTRACT_POLICY });
  await aws.createServiceNetworkVpcAssociation({
    serviceNetworkIdentifier: network,
    vpcIdentifier: CONTRACT_VPC,
    securityGroupIds: [CONTRACT_GROUP],
  });
  const [orders, bare, secret, broken] = [
    idOf(await aws.createService({ name: "orders", tags: { team: "payments" } })),
    idOf(await aws.createService({ name: "bare" })),
    idOf(await aws.createService({ name: "secret" })),
    idOf(await aws.createService({ name: "broken" })),
  ];
  for (let n = 0; n < 120; n += 1) await aws.createService({ name: `many-${n}` });
  const group = async (name: string, protocol: "HTTP" | "TCP", tags = {}) =>
    idOf(await aws.createTargetGroup({ name, type: "IP", config: { port: 8080, protocol, vpcIdentifier: CONTRACT_VPC }, tags }));
  const groupA = await group("orders-a", "HTTP", CONTRACT_TAGS);
  const groupB = await group("orders-b", "HTTP");
  const secretGroup = await group("secret-a", "TCP");
  await pause();
  await aws.registerTargets({
    targetGroupIdentifier: groupA,
    targets: ["10.0.0.1", "10.0.0.2"].map((id) => ({ id, port: 8080 })),
  });
  emulator.control.setHealth({ targetGroup: groupA, ip: "10.0.0.2", status: "UNHEALTHY", reasonCode: "HealthCheckFailed" });
  emulator.control.forceStatus({
    kind: "service-association",
    match: broken,
    status: "CREATE_FAILED",
    failureCode: "ServiceLinkedRole",
    failureMessage: "the role cannot be made",
  });
  for (const serviceIdentifier of [orders, broken])
    await aws.createServiceNetworkServiceAssociation({ serviceIdentifier, serviceNetworkIdentifier: network });
  await addOrders(aws, { orders, groupA, groupB });
  await aws.createListener({
    serviceIdentifier: secret,
    name: "secret-443",
    port: 443,
    protocol: "TLS_PASSTHROUGH",
    defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: secretGroup, weight: 1 }] } },
  });
  await pause();
  aws.destroy();
  return { network, orders, bare, secret, broken, groupA, groupB, secretGroup };
}

async function addOrders(
  aws: VPCLattice,
  { orders, groupA, groupB }: Readonly<Record<"orders" | "groupA" | "groupB", string>>,
): Promise<void> {
  const fixed = { fixedResponse: { statusCode: 404 } };
  const listener = idOf(
    await aws.createListener({ serviceIdentifier: orders, name: "orders-80", port: 80, protocol: "HTTP", defaultAction: fixed }),
  );
  const place = { serviceIdentifier: orders, listenerIdentifier: listener };
  const forward = (a: number, b: number) => ({
    forward: {
      targetGroups: [
        { targetGroupIdentifier: groupA, weight: a },
        { targetGroupIdentifier: groupB, weight: b },
      ],
    },
  });
  // Made in the wrong order: what counts is the priority.
  await aws.createRule({
    ...place,
    name: "canary",
    priority: 2,
    match: {
      httpMatch: {
        pathMatch: { match: { prefix: "/v1/" }, caseSensitive: true },
        headerMatches: [{ name: "x-canary", match: { exact: "true" } }],
      },
    },
    action: forward(90, 10),
  });
  await aws.createRule({
    ...place,
    name: "status",
    priority: 1,
    match: { httpMatch: { method: "GET", pathMatch: { match: { exact: "/status" }, caseSensitive: true } } },
    action: forward(1, 0),
  });
  await aws.putAuthPolicy({ resourceIdentifier: orders, policy: CONTRACT_POLICY });
  await aws.updateService({ serviceIdentifier: orders, authType: "AWS_IAM" });
  await aws.createAccessLogSubscription({ resourceIdentifier: orders, destinationArn: CONTRACT_LOG });
}

function idOf(created: { id?: string | undefined }): string {
  if (created.id === undefined) throw new Error("the answer has no id");
  return created.id;
}

/** What AWS takes a minute for takes the emulator at this speed less than this. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
