import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startLatticeSide } from "../players/networking/start-lattice-side.ts";
import { sandboxFolder } from "../state/sandbox-folder.ts";
import { keptSecrets } from "../state/secrets.ts";
import { home } from "./foreign-services.ts";

vi.setConfig({ testTimeout: 30_000 });
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "trellis-foreign-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const start = () => {
  const folder = sandboxFolder(directory);
  return startLatticeSide({ folder, port: 0, secrets: keptSecrets(folder), speed: 60, foreignServices: true, say: () => undefined });
};
type Side = Awaited<ReturnType<typeof start>>;

/** What the home account lists, each service with what stands behind it and where it is published. */
function held({ emulator }: Side) {
  const { services, networks, serviceAssociations, targetGroups } = emulator.control.describe(home);
  const shared = emulator.control.shares();
  return {
    ids: [...services, ...targetGroups, ...serviceAssociations].map(({ id }) => id),
    shared: shared.map(({ account, status }) => ({ account, status })),
    own: services.map(({ name }) => name),
    behind: targetGroups.map(({ type, targets }) => [type, targets.length]),
    published: networks.map(({ id, name }) => [name, serviceAssociations.filter((one) => one.networkId === id).length]),
  };
}

it("holds what Kubernetes does not own of every kind, and the same after a restart", async () => {
  const first = await start();
  const before = held(first);
  await first.stop();
  expect(before).toMatchObject({
    own: ["tax-rates", "mainframe-bridge", "legacy-billing"],
    shared: [{ account: home.account, status: "ACCEPTED" }],
    behind: [
      ["LAMBDA", 1],
      ["INSTANCE", 2],
      ["ALB", 1],
    ],
    published: [
      ["net-prod", 3],
      ["net-shared", 2],
    ],
  });
  const second = await start();
  expect(held(second)).toEqual(before);
  await second.stop();
});
