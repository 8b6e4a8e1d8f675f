import { rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { seedLargeFleet } from "../../sandbox/seed/large-fleet/seed-large-fleet.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { sandboxFolder } from "../../sandbox/state/sandbox-folder.ts";
import { freePort } from "../../scripts/free-port.ts";
import { startPortal } from "../../scripts/portal-process.ts";
import type { BenchWorld } from "./figure.ts";
import { portalClient } from "./portal-client.ts";

const FLEET = { clusters: 60, routes: 200, networks: 8 };
const READ_MS = 600_000;
const READY_MS = 180_000;

export type LargeFleet = BenchWorld & { readonly stop: () => Promise<void> };

/** Running sandbox and portal with the fleet of `npm run sandbox -- seed fleet`, once its Lattice has been read. Call `stop` when done. */
export async function startLargeFleet(say: BenchWorld["say"]): Promise<LargeFleet> {
  const dir = path.resolve(".sandbox-bench-map");
  rmSync(dir, { recursive: true, force: true });
  const sandbox = await startSandbox({ directory: dir, speed: 24, progress: say });
  const port = await freePort();
  const start = () =>
    startPortal({
      port,
      env: { ...sandbox.env, TRELLIS_DATA_DIR: path.join(dir, "data"), TRELLIS_ALLOW_SINGLE_NODE: "true" },
      logFile: path.join(dir, "logs", "portal.log"),
      readyTimeoutMs: READY_MS,
    });
  try {
    // The portal makes its teams' namespaces; it learns of new networks when it starts.
    await (await start()).stop();
    await seedLargeFleet(sandboxFolder(dir), FLEET, say);
    const portal = await start();
    const world = { url: portal.url, sandboxDir: dir, say };
    try {
      await untilRead(world);
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return {
      ...world,
      stop: async () => {
        await portal.stop();
        await sandbox.stop();
      },
    };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

const View = z.looseObject({ nodes: z.array(z.unknown()), total: z.int(), sources: z.array(z.looseObject({ glyph: z.string() })) });

async function untilRead({ url, sandboxDir, say }: BenchWorld): Promise<void> {
  const admin = portalClient(url, sandboxDir, "admin");
  const until = Date.now() + READ_MS;
  for (;;) {
    const { nodes, total, sources } = View.parse(await admin.get("/topology"));
    if (sources.every(({ glyph }) => glyph === "ok")) return say(`the map draws ${nodes.length} of ${total} nodes`);
    if (Date.now() > until) throw new Error("the fleet's Lattice was not read in time");
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }
}
