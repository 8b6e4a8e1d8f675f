import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteServiceNetworkVpcAssociationCommand } from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, expect, it } from "vitest";
import { gatewayControllers } from "../players/networking/gateway-controllers.ts";
import { startLatticeSide } from "../players/networking/start-lattice-side.ts";
import { sandboxFolder } from "../state/sandbox-folder.ts";
import { keptSecrets } from "../state/secrets.ts";
import { providerVpc } from "../testing/test-route.ts";
import { eventually, type Sandbox, useSandbox } from "../testing/use-sandbox.ts";
import { faultStore } from "./fault-store.ts";
import { startFaultRunner } from "./start-fault-runner.ts";

const waitMs = 10_000;
let sandbox: Sandbox;
let directory: string;
beforeEach(async () => {
  sandbox = await useSandbox();
  directory = mkdtempSync(join(tmpdir(), "trellis-faults-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** An emulated AWS of its own with the hand that makes faults, and no controllers; started again it goes on where it was. */
async function start() {
  const folder = sandboxFolder(directory);
  const say = () => undefined;
  const lattice = await startLatticeSide({ folder, port: 0, secrets: keptSecrets(folder), speed: 60, say });
  const common = { lattice, speed: 60, say, managementServer: sandbox.admin.server };
  const controllers = gatewayControllers({
    ...common,
    connect: () => sandbox.admin,
    startController: () => ({ stop: () => Promise.resolve() }),
  });
  const store = faultStore(folder);
  const { somebody, place } = lattice;
  const { control } = lattice.emulator;
  const scene = {
    control,
    place,
    somebody,
    controllers,
    restoreAws: lattice.restore,
    management: sandbox.admin,
    tenant: () => Promise.resolve(null),
  };
  const runner = startFaultRunner({ folder, store, scene, say });
  const stop = async () => {
    await runner.stop();
    await lattice.stop();
  };
  return { control, somebody, store, stop, region: () => control.describe(place) };
}
type World = Awaited<ReturnType<typeof start>>;
const hasTaken = (world: World) => world.region().services.some((one) => one.name === "taken" && one.goneAt === null);

it("keeps faults in force over a restart, and undoes after it what was cleared meanwhile", async () => {
  const first = await start();
  first.store.set("throttled", "lattice/net-prod");
  first.store.set("quota-of-rules", "team-none/any");
  first.store.set("name-conflict", "team-none/taken");
  await eventually("all three", async () => (first.control.faults().length === 1 && hasTaken(first) ? true : null), waitMs);
  await first.stop();

  const second = await start();
  await eventually("they are back", async () => (second.control.faults().length === 1 ? true : null), waitMs);
  await eventually("the quota too", async () => (second.control.settings().quotas.rulesPerListener === 1 ? true : null), waitMs);
  expect(hasTaken(second)).toBe(true);
  await second.stop();
  second.store.clear();

  const third = await start();
  await eventually("the service is gone", async () => (hasTaken(third) ? null : true), waitMs);
  expect(third.control.faults()).toEqual([]);
  expect(third.control.settings().quotas.rulesPerListener).toBe(10);
  await third.stop();
});

it("starts again while an association has failed, and while one is being deleted", async () => {
  const vpc = (world: World) => world.region().vpcAssociations.filter((one) => one.vpcId === providerVpc && one.goneAt === null);
  const first = await start();
  first.control.forceStatus({ kind: "vpc-association", match: providerVpc, status: "CREATE_FAILED" });
  await first.stop();

  const second = await start();
  expect(vpc(second).map((one) => one.status)).toEqual(["CREATE_FAILED"]);
  second.control.freeStatus({ kind: "vpc-association", match: providerVpc });
  await eventually("it is active", async () => (vpc(second)[0]?.status === "ACTIVE" ? true : null), waitMs);
  const serviceNetworkVpcAssociationIdentifier = vpc(second)[0]?.id;
  await second.somebody.send(new DeleteServiceNetworkVpcAssociationCommand({ serviceNetworkVpcAssociationIdentifier }));
  await second.stop();

  const third = await start();
  expect(vpc(third)).toHaveLength(1);
  await third.stop();
});
