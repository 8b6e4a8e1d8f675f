// npm run bench [-- --json]: figures side by side in one run, on a sandbox, database and browser of its own. A figure over its budget is shown, never a failure.
import { rmSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import { measureApprovals } from "../test/bench/approvals.ts";
import { measureBrowser } from "../test/bench/browser.ts";
import type { BenchWorld, Figure } from "../test/bench/figure.ts";
import { seedFleet } from "../test/bench/fleet.ts";
import { measureTargetChange } from "../test/bench/lattice-change.ts";
import { measureLatticePass } from "../test/bench/lattice-pass.ts";
import { measureMap } from "../test/bench/map.ts";
import { measureReachMatrix } from "../test/bench/reach-matrix.ts";
import { openReader } from "../test/bench/reader.ts";
import { residentMiB } from "../test/bench/resident.ts";
import { measureRouteList } from "../test/bench/route-list.ts";
import { measureRouteRules } from "../test/bench/route-rules.ts";
import { measureTopology } from "../test/bench/topology.ts";
import { whileStill } from "../test/bench/while-still.ts";
import { freePort } from "./free-port.ts";
import { type PortalProcess, startPortal } from "./portal-process.ts";
import { startPostgres } from "./test-postgres.ts";

const json = process.argv.includes("--json");
const dir = path.resolve(".sandbox-bench");
const say = (line: string) => console.error(`bench: ${line}`);
const cleanups: (() => Promise<void>)[] = [];
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void finish(130));

try {
  print(await bench());
  await finish(0);
} catch (error) {
  console.error(error);
  await finish(1);
}

async function bench(): Promise<Figure[]> {
  rmSync(dir, { recursive: true, force: true });
  say("starting PostgreSQL and the sandbox");
  const postgres = await startPostgres();
  cleanups.unshift(() => postgres.stop());
  const sandbox = await startSandbox({ directory: dir, speed: 60, progress: say });
  cleanups.unshift(() => sandbox.stop());
  const port = await freePort();
  const start = () =>
    startPortal({
      port,
      env: { ...sandbox.env, DATABASE_URL: postgres.url },
      logFile: path.join(dir, "logs", "portal.log"),
      readyTimeoutMs: 120_000,
    });
  say("starting the portal, twice: the second start is the warm one");
  await (await start()).stop();
  const begun = performance.now();
  const portal: PortalProcess = await start();
  const readySeconds = (performance.now() - begun) / 1000;
  cleanups.unshift(() => portal.stop());
  const world: BenchWorld = { url: portal.url, sandboxDir: dir, say };
  const reader = await openReader(world, "payments-dev");
  cleanups.unshift(() => reader.browser.close());
  const ofPortal = await whileStill(dir, async () => {
    const approvals = await measureApprovals(world, 12);
    await seedFleet(world, 100);
    const browser = await measureBrowser(world, reader);
    const rss = residentMiB(portal.child.pid ?? 0);
    return [
      approvals,
      ...browser,
      { name: "resident memory of the portal, PostgreSQL, 112 clusters", figure: rss, unit: "MiB", budget: 350 },
      ...(await measureRouteList(world)),
    ];
  });
  await reader.browser.close();
  await portal.stop();
  await sandbox.stop();
  const map = await measureMap(say);
  const lattice = [...(await measureLatticePass(say)), await measureTargetChange(say)];
  return [
    ...ofPortal,
    ...map,
    ...lattice,
    ...(await measureTopology(say)),
    measureRouteRules(),
    measureReachMatrix(),
    { name: "portal ready, warm start", figure: readySeconds, unit: "s", budget: 3 },
  ];
}

function print(figures: readonly Figure[]): void {
  const rows = figures.map((row) => ({
    ...row,
    figure: Math.round(row.figure * 1000) / 1000,
    ok: row.budget === null || row.figure <= row.budget,
  }));
  console.log(
    `machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown CPU"}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}`,
  );
  console.log(`${"figure".padEnd(58)} ${"measured".padStart(12)} ${"budget".padStart(12)}`);
  for (const { name, figure, unit, budget, ok } of rows) {
    console.log(
      `${name.padEnd(58)} ${`${figure} ${unit}`.padStart(12)} ${(budget === null ? "none" : `${budget} ${unit}`).padStart(12)}  ${ok ? "ok" : "OVER"}`,
    );
  }
  if (json) console.log(JSON.stringify(rows));
}

async function finish(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const cleanup of cleanups) await cleanup().catch((error: unknown) => console.error(error));
  process.exit(code);
}
