import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import { STS } from "@aws-sdk/client-sts";
import { VPCLattice } from "@aws-sdk/client-vpc-lattice";
import { vi } from "vitest";
import type { KnownRole } from "../callers.ts";
import type { LatticeEmulatorOptions } from "../emulator-world.ts";
import { type RunningLatticeEmulator, startLatticeEmulator } from "../start-lattice-emulator.ts";

// Servers on real ports: a busy machine may need longer than the five seconds of a pure test.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

export const account = "333344445555";
export const otherAccount = "444455556666";
export const region = "ap-northeast-1";
export const vpcId = "vpc-0d1e2f30415263748";
export const readRole: KnownRole = {
  arn: `arn:aws:iam::${account}:role/trellis-lattice-read`,
  externalId: "trellis-platform-prod",
  caller: "portal-reader",
  access: "read",
};

type Keys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
type Changes = Partial<Pick<LatticeEmulatorOptions, "settings" | "speed" | "file" | "clock" | "roles">>;

/** An emulator with a clock of its own that stands still until it is told to go on; `speed` 1, so that delays are those of the settings. */
export async function testEmulator(changes: Changes = {}) {
  const folder = mkdtempSync(join(tmpdir(), "lattice-"));
  const file = changes.file ?? join(folder, "lattice.json");
  const clock = { now: () => time };
  let time = Date.parse("2026-11-22T12:00:00.000Z");
  const start = () =>
    startLatticeEmulator({
      file,
      port: 0,
      clock,
      callers: [
        { accessKeyId: "AKIAMGMT", caller: "mgmt-local", account },
        { accessKeyId: "AKIACHECKOUT", caller: "team-payments_checkout", account },
        { accessKeyId: "AKIAPORTAL", caller: "portal", account: otherAccount },
      ],
      roles: [readRole],
      token: "the-token",
      ...changes,
    });
  let emulator: RunningLatticeEmulator = await start();
  const clientOptions = (accessKeyId: string, inRegion = region, keys?: Keys) => ({
    endpoint: emulator.url,
    region: inRegion,
    maxAttempts: 1,
    credentials: keys ?? { accessKeyId, secretAccessKey: "not-checked" },
  });
  return {
    file,
    get url() {
      return emulator.url;
    },
    get control() {
      return emulator.control;
    },
    /** The API as one caller sees it. */
    lattice: (accessKeyId = "AKIAMGMT", inRegion = region) => new VPCLattice(clientOptions(accessKeyId, inRegion)),
    latticeWith: (keys: Keys, more: object = {}) => new VPCLattice({ ...clientOptions("", region, keys), ...more }),
    tagging: (accessKeyId = "AKIAMGMT") => new ResourceGroupsTaggingAPI(clientOptions(accessKeyId)),
    sts: (accessKeyId = "AKIAPORTAL") => new STS(clientOptions(accessKeyId)),
    pass: (ms: number) => {
      time += ms;
    },
    restart: async () => {
      await emulator.stop();
      emulator = await start();
    },
    stop: async () => {
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type TestEmulator = Awaited<ReturnType<typeof testEmulator>>;
