import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { VPCLattice } from "@aws-sdk/client-vpc-lattice";
import { createTestDatabase } from "../../lib/adapters/database/testing.ts";
import { createLattice } from "../../lib/adapters/lattice/index.ts";
import type { LatticeAccount, LatticePort } from "../../lib/adapters/lattice/port.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import { LATTICE_TAGS } from "../../lib/domain/routes/lattice-facts.ts";
import { createFactStore } from "../../lib/read-models/routes/create-fact-store.ts";
import type { FactStore } from "../../lib/read-models/routes/fact-store.ts";
import type { Context } from "../../lib/services/context.ts";
import { createWorld } from "../../lib/services/requests/testing/world.ts";
import { createLatticePoll, type LatticePoll } from "../../lib/services/routes/poll-lattice.ts";
import { type RunningLatticeEmulator, startLatticeEmulator } from "../../sandbox/lattice/start-lattice-emulator.ts";

const AWS_ACCOUNT = "333344445555";
const REGION = "ap-northeast-1";
const READ_ROLE = `arn:aws:iam::${AWS_ACCOUNT}:role/trellis-lattice-read`;
const VPC = "vpc-0d1e2f30415263748";
const NETWORK = "net-prod";
const LOOK_MS = 50;

/** An AWS of its own with many live routes of two target groups each; its quotas are raised. */
export type LatticeFleet = {
  readonly emulator: RunningLatticeEmulator;
  readonly routes: readonly { readonly service: string; readonly name: string; readonly groups: readonly string[] }[];
  /** The adapter and the poller of the portal on it; facts reach memory and a database as in the portal. */
  startPoll(options: PollOptions): Promise<RunningPoll>;
  stop(): Promise<void>;
};
/** From now on the clock of the fleet's pollers runs `speed` times as fast as real time. */
type PollOptions = { readonly callsPerSecond: number; readonly speed?: number; readonly facts?: FactStore };
export type RunningPoll = { readonly facts: FactStore; readonly poll: LatticePoll; readonly now: () => Date; stop(): Promise<void> };

export const BENCH_ACCOUNT = "platform-prod";

export async function startLatticeFleet(count: number): Promise<LatticeFleet> {
  const folder = mkdtempSync(path.join(tmpdir(), "lattice-bench-"));
  const many = 10 * count;
  const emulator = await startLatticeEmulator({
    file: path.join(folder, "lattice.json"),
    port: 0,
    settings: {
      quotas: { servicesPerRegion: many, servicesPerNetwork: many, targetGroupsPerRegion: many },
      callsKept: 200_000,
    },
    callers: [
      { accessKeyId: "AKIAMGMT", caller: "mgmt-local", account: AWS_ACCOUNT },
      { accessKeyId: "AKIAPORTAL", caller: "portal", account: AWS_ACCOUNT },
    ],
    roles: [{ arn: READ_ROLE, externalId: null, caller: "portal-reader", access: "read" }],
    token: "bench",
  });
  process.env.AWS_ACCESS_KEY_ID ??= "AKIAPORTAL";
  process.env.AWS_SECRET_ACCESS_KEY ??= "not-checked";
  const aws = new VPCLattice({ endpoint: emulator.url, region: REGION, credentials: { accessKeyId: "AKIAMGMT", secretAccessKey: "-" } });
  await aws.createServiceNetwork({ name: NETWORK });
  aws.destroy();
  const clock = createFastClock();
  const names = Array.from({ length: count }, (_, n) => `bench-${n}`);
  const made = emulator.control.makeServices({
    account: AWS_ACCOUNT,
    region: REGION,
    network: NETWORK,
    services: names.map(serviceOf),
  });
  return {
    emulator,
    routes: made.map(({ service, groups }, n) => ({ service, groups, name: names[n] ?? "" })),
    startPoll: (options) => startPoll({ emulator, clock }, options),
    stop: async () => {
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function serviceOf(name: string, n: number) {
  const groups = ["a", "b"].map((side, place) => ({
    name: `k8s-payments-${name}-${side}`,
    vpcId: VPC,
    weight: place === 0 ? 90 : 10,
    tags: {
      [LATTICE_TAGS.clusterName]: `cluster-${side}`,
      [LATTICE_TAGS.serviceNamespace]: "payments",
      [LATTICE_TAGS.serviceName]: name,
    },
    targets: [0, 1].map((pod) => ({ id: `10.${n % 250}.${Math.floor(n / 250) * 2 + place}.${pod + 1}`, port: 8080 })),
  }));
  return { name, tags: { team: "payments" }, groups };
}

function createFastClock() {
  let [since, at, speed] = [Date.now(), Date.now(), 1];
  const now = () => new Date(at + (Date.now() - since) * speed);
  return {
    now,
    setSpeed: (next: number) => {
      [at, since, speed] = [now().getTime(), Date.now(), next];
    },
  };
}

/** Budget and clock are as fast as each other: what the poller asks per second of its own clock stays the same. */
async function startPoll(
  { emulator, clock }: { readonly emulator: RunningLatticeEmulator; readonly clock: ReturnType<typeof createFastClock> },
  { callsPerSecond, speed = 1, facts: known }: PollOptions,
): Promise<RunningPoll> {
  clock.setSpeed(speed);
  const [log, metrics] = [createFakeLog(), createFakeMetrics()];
  const account: LatticeAccount = {
    id: BENCH_ACCOUNT,
    awsAccountId: AWS_ACCOUNT,
    region: REGION,
    roleArn: READ_ROLE,
    externalId: null,
    callsPerSecond: callsPerSecond * speed,
  };
  const aws = createLattice({ endpoint: emulator.url, log, metrics, clock: { now: () => new Date() } });
  const lattice: LatticePort = {
    ...aws,
    pace: (of) => {
      const pace = aws.pace(of);
      return { ...pace, callsPerSecond: pace.callsPerSecond / speed };
    },
  };
  const facts = known ?? createFactStore({ clock, log, metrics });
  const world = await createWorld({ db: await createTestDatabase({}), realTime: true });
  const stopping = new AbortController();
  const ctx: Context = { ...world.system("delivery"), signal: stopping.signal, clock, lattice, facts, log, metrics };
  const poll = createLatticePoll({ ctx, account, unsettled: () => new Set(), onRead: () => poll.look() });
  const stopAttention = facts.subscribeAttention(() => poll.hurry());
  const timer = setInterval(() => poll.look(), LOOK_MS);
  return {
    facts,
    poll,
    now: () => clock.now(),
    stop: async () => {
      clearInterval(timer);
      stopAttention();
      stopping.abort();
      await poll.settled();
      aws.close();
      await world.close();
    },
  };
}
