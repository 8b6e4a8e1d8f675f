import { setTimeout as sleep } from "node:timers/promises";
import { ConflictException, VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { type RunningLatticeEmulator, startLatticeEmulator } from "../../lattice/start-lattice-emulator.ts";
import { applyInfrastructure, seedNetworking } from "../../seed/apply-infrastructure.ts";
import { applyForeignServices } from "../../seed/foreign-services.ts";
import type { SandboxFolder } from "../../state/sandbox-folder.ts";
import type { Secrets } from "../../state/secrets.ts";
import { awsCallers, portalRole } from "./aws-callers.ts";

const patienceMs = 60_000;
export type LatticePlace = { account: string; region: string };
export type LatticeSide = {
  emulator: RunningLatticeEmulator;
  /** Where the service network lives. */
  place: LatticePlace;
  /** Puts back what is missing of what infrastructure code makes: certificates, service networks, their VPC associations, foreign services. */
  restore: () => Promise<void>;
  /** Calls as somebody with a console. */
  somebody: VPCLatticeClient;
  stop: () => Promise<void>;
};
export type LatticeSideOptions = {
  folder: SandboxFolder;
  port: number;
  secrets: Secrets;
  speed: number;
  /** With services that Kubernetes does not own. */
  foreignServices?: boolean;
  say: (line: string) => void;
};

/** Starts the emulated AWS with everybody it knows, and makes in it what infrastructure code makes. */
export async function startLatticeSide(options: LatticeSideOptions): Promise<LatticeSide> {
  const { accounts, networking } = seedNetworking();
  const [home] = networking.lattice;
  const found = accounts.find((account) => account.id === home?.account);
  if (!home || !found) throw new Error("the bootstrap file names no account for the service network");
  const place = { account: found.awsAccountId, region: found.region };
  const emulator = await startLatticeEmulator({
    file: options.folder.at("lattice", "state.json"),
    port: options.port,
    speed: options.speed,
    callers: Object.values(awsCallers).map((one) => ({ ...one, account: place.account })),
    roles: networking.lattice.map((one) => ({
      arn: one.readRoleArn,
      externalId: one.externalId,
      caller: portalRole,
      access: "read" as const,
      trusted: [awsCallers.portal.caller],
    })),
    token: options.secrets.awsSecret,
    say: options.say,
  });
  const client = (accessKeyId: string) =>
    new VPCLatticeClient({
      endpoint: emulator.url,
      region: place.region,
      credentials: { accessKeyId, secretAccessKey: options.secrets.awsSecret },
    });
  const infrastructure = client(awsCallers.infrastructure.accessKeyId);
  const somebody = client(awsCallers.somebody.accessKeyId);
  const restore = async () => {
    emulator.control.setCertificates({ ...place, certificates: certificates(place) });
    await applyInfrastructure(infrastructure);
    if (options.foreignServices) await applyForeignServices({ ask: askOf(emulator), client: infrastructure });
  };
  const stop = async () => {
    infrastructure.destroy();
    somebody.destroy();
    await emulator.stop();
  };
  try {
    await restorePatiently(restore);
  } catch (error) {
    await stop();
    throw error;
  }
  return { emulator, place, somebody, restore, stop };
}

/** After an end in the middle of a deletion the old association is in the way for a while. */
async function restorePatiently(restore: () => Promise<void>): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await restore();
    } catch (error) {
      if (!(error instanceof ConflictException) || Date.now() > until) throw error;
      await sleep(250);
    }
  }
}

/** The control surface by the names of its methods, as its door offers it over the wire. */
function askOf({ control }: RunningLatticeEmulator): (method: string, input: object) => Promise<unknown> {
  const methods = new Map<string, { untyped: (input: unknown) => unknown }>(Object.entries(control));
  return async (method, input) => {
    const found = methods.get(method);
    if (!found) throw new Error(`the emulator has no ${method}`);
    return found.untyped(input);
  };
}

/** What ACM holds, so that a route may have a domain of its own. */
function certificates({ account, region }: LatticePlace) {
  return ["payments", "shop"].map((team) => ({
    arn: `arn:aws:acm:${region}:${account}:certificate/${team}`,
    domainName: `*.${team}.example.com`,
    alternativeNames: [`*.${team}.example.com`],
    status: "ISSUED",
  }));
}
