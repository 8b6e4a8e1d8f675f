// npm run verify: set-up from nothing, then every check and test; the time of each part; closes with "N passed, N failed".
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { buildBinaries } from "../sandbox/cluster/build-binaries.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import { freePort } from "./free-port.ts";
import { type PartResult, printTimes, runPart } from "./parts.ts";
import { startPortal } from "./portal-process.ts";
import { chromiumPath, installSystemPackages, missingForVerify } from "./preflight.ts";
import { startPostgres } from "./test-postgres.ts";

const long = process.argv.includes("--long");
const dir = path.resolve(process.env.TRELLIS_VERIFY_DIR ?? ".sandbox-verify");
const results: PartResult[] = [];
const cleanups: (() => Promise<void>)[] = [];
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void finish(130));

const missing = missingForVerify();
if (missing.length > 0) {
  console.error(missing.join("\n"));
  process.exit(2);
}

try {
  await verify();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  results.push({ name: "verify itself", ok: false, seconds: 0, passed: 0, failed: 1 });
}
await finish(results.every(({ ok }) => ok) ? 0 : 1);

async function verify(): Promise<void> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const binaries = timed("sandbox binaries (background)", buildSandbox());
  installSystemPackages();
  results.push(await runPart({ name: "generate client", command: ["prisma", "generate"] }));
  results.push(await runPart({ name: "check", command: ["node", "scripts/check.ts"], counts: true }));
  results.push(await runPart({ name: "schema drift", command: ["node", "scripts/drift-check.ts"] }));
  const postgres = await startPostgres();
  cleanups.push(() => postgres.stop());
  results.push(
    await runPart({
      name: "database and use cases",
      command: ["vitest", "run", "--project", "database"],
      env: { TEST_DATABASE_URL: postgres.url },
      counts: true,
    }),
  );
  results.push(await runPart({ name: "build", command: ["node", "scripts/build.ts", "--force"] }));
  results.push(await binaries);
  const kills = long ? { KILLS_PG: "100", KILLS_PGLITE: "100" } : { KILLS_PG: "25", KILLS_PGLITE: "5" };
  results.push(
    await runPart({
      name: "sandbox suites",
      command: ["vitest", "run", "--project", "sandbox"],
      env: { TRELLIS_SANDBOX_DIR: path.join(dir, "suites"), TEST_DATABASE_URL: postgres.url, ...kills },
      counts: true,
    }),
  );
  await journeys();
}

async function journeys(): Promise<void> {
  const sandbox = await startSandbox({ directory: path.join(dir, "journeys"), speed: 24, seedFleet: true });
  cleanups.unshift(() => sandbox.stop());
  const port = await freePort();
  const env = { TRELLIS_DATA_DIR: path.join(dir, "journeys", "data"), TRELLIS_ALLOW_SINGLE_NODE: "true", ...sandbox.env };
  const portal = await startPortal({ port, env, logFile: path.join(dir, "journeys", "logs", "portal.log"), readyTimeoutMs: 120_000 });
  cleanups.unshift(() => portal.stop());
  const browser = chromiumPath();
  results.push(
    await runPart({
      name: "journeys and page sweep",
      command: ["playwright", "test"],
      env: {
        BASE_URL: portal.url,
        TRELLIS_SANDBOX_DIR: path.join(dir, "journeys"),
        ...(browser === null ? {} : { PLAYWRIGHT_CHROMIUM_PATH: browser }),
      },
      counts: true,
    }),
  );
}

async function timed(name: string, work: Promise<number>): Promise<PartResult> {
  const started = performance.now();
  const ok = (await work) === 0;
  return { name, ok, seconds: (performance.now() - started) / 1000, passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

async function buildSandbox(): Promise<number> {
  try {
    await buildBinaries({ progress: (line) => console.log(`sandbox: ${line}`) });
    return 0;
  } catch (error) {
    console.error(error);
    return 1;
  }
}

async function finish(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const cleanup of cleanups) await cleanup().catch((error: unknown) => console.error(error));
  printTimes(results);
  const sum = (key: "passed" | "failed") => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  process.exit(code);
}
