// npm run demo [-- --port N] [-- --reset]: the whole product on this machine, from nothing.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type RunningSandbox, startSandbox } from "../sandbox/start-sandbox.ts";
import { findSupervisor } from "../sandbox/supervisor-state.ts";
import { type PortalProcess, startPortal } from "./portal-process.ts";
import { missingForDemo } from "./preflight.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "3000" }, reset: { type: "boolean", default: false } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`--port wants a number from 1 to 65535, not "${values.port}".`);

const dir = path.resolve(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox");
const lockPath = path.join(dir, "demo.lock");
const started: { sandbox?: RunningSandbox; portal?: PortalProcess } = {};
const ending = new AbortController();
let stopping = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));

const missing = await missingForDemo(port);
takeLock();
if (missing.length > 0) {
  releaseLock();
  fail(missing.join("\n"));
}
try {
  await start();
} catch (error) {
  console.error(`trellis: ${error instanceof Error ? error.message : String(error)}`);
  await stop(1);
}

async function start(): Promise<void> {
  if (values.reset) {
    await reset();
    // The lock went with the folder.
    takeLock();
  }
  const sandbox = startSandbox({
    directory: dir,
    seedFleet: true,
    progress: (line) => say(`sandbox: ${line}`),
    signal: ending.signal,
  }).then((running) => {
    started.sandbox = running;
    return running;
  });
  sandbox.catch(() => undefined);
  say("building the portal while the sandbox starts");
  await build();
  const { env, folder } = await sandbox;
  setInterval(() => {
    if (findSupervisor(folder) === null) void stopUnlessStopping(`the sandbox stopped; its log is ${folder.supervisorLog}`);
  }, 1000).unref();
  say("starting the portal");
  const dataDir = path.join(dir, "data");
  const portal = await startPortal({
    port,
    env: { TRELLIS_DATA_DIR: dataDir, TRELLIS_ALLOW_SINGLE_NODE: "true", ...env },
    logFile: path.join(dir, "logs", "portal.log"),
    readyTimeoutMs: 120_000,
  });
  started.portal = portal;
  // `npm run audit` asks this portal while it holds the database.
  writeFileSync(path.join(dir, "portal.json"), JSON.stringify({ url: portal.url }), { mode: 0o600 });
  portal.child.once("exit", () => void stopUnlessStopping(`the portal stopped; its log is ${path.join(dir, "logs", "portal.log")}`));
  console.log(`Trellis is ready at ${portal.url}`);
}

async function build(): Promise<void> {
  const { spawn } = await import("node:child_process");
  const child = spawn("node", ["scripts/build.ts"], { stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise<number>((resolve) => child.once("exit", (exit) => resolve(exit ?? 1)));
  if (code !== 0) throw new Error("the portal could not be built; the reason stands above");
}

async function reset(): Promise<void> {
  say("removing the sandbox's state");
  spawnSync("node", ["sandbox/cli.ts", "reset"], { stdio: "inherit", env: { ...process.env, TRELLIS_SANDBOX_DIR: dir } });
  rmSync(path.join(dir, "data"), { recursive: true, force: true });
}

async function stopUnlessStopping(reason: string): Promise<void> {
  if (stopping) return;
  console.error(`trellis: ${reason}`);
  await stop(1);
}

/** Idempotent: Ctrl-C reaches this process twice, from the terminal and from npm. */
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  ending.abort();
  await started.portal?.stop();
  await started.sandbox?.stop();
  releaseLock();
  process.exit(code);
}

function takeLock(): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const holder = existsSync(lockPath) ? Number(readFileSync(lockPath, "utf8")) : 0;
  if (holder > 0 && isAlive(holder))
    fail(`A demo already runs in this folder (process ${holder}). Stop it first, or clone into another folder and choose another port.`);
  rmSync(lockPath, { force: true });
  const file = openSync(lockPath, "wx", 0o600);
  writeSync(file, String(process.pid));
  closeSync(file);
}

function releaseLock(): void {
  if (existsSync(lockPath) && readFileSync(lockPath, "utf8") === String(process.pid)) rmSync(lockPath);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("demo.ts");
  } catch {
    return false;
  }
}

function say(text: string): void {
  console.log(`trellis: ${text}`);
}

function fail(text: string): never {
  console.error(text);
  process.exit(2);
}
