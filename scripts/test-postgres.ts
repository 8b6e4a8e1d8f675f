import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "./free-port.ts";

const OLDEST = 15;
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

export type TestPostgres = { readonly url: string; readonly stop: () => Promise<void> };

/** Starts an own PostgreSQL (15 or newer, from PATH or /usr/lib/postgresql) in a temporary directory on a free loopback port. Root runs it as the system's user `postgres`. */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = findPostgres();
  const user = process.getuid?.() === 0 ? "postgres" : null;
  const folder = mkdtempSync(path.join(tmpdir(), "trellis-postgres-"));
  if (user !== null) giveTo(folder, user);
  const data = path.join(folder, "data");
  runOrThrow(asUser(user, [path.join(bin, "initdb"), "-D", data, "-U", "trellis", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]));
  const port = await freePort();
  const options = [
    "-p",
    String(port),
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    `unix_socket_directories=${folder}`,
    "-c",
    "fsync=off",
    "-c",
    "max_connections=200",
  ];
  const [command = "", ...args] = asUser(user, [path.join(bin, "postgres"), "-D", data, ...options]);
  const logFile = path.join(folder, "server.log");
  const log = openSync(logFile, "a");
  const server = spawn(command, args, { stdio: ["ignore", log, log] });
  closeSync(log);
  const url = `postgresql://trellis@127.0.0.1:${port}/postgres`;
  const stop = () => stopServer(server, data, folder);
  try {
    await untilReady(url, server);
  } catch (error) {
    const words = readFileSync(logFile, "utf8");
    await stop();
    throw new Error(`PostgreSQL did not start:\n${words}`, { cause: error });
  }
  return { url, stop };
}

function findPostgres(): string {
  const system = "/usr/lib/postgresql";
  const versions = existsSync(system) ? readdirSync(system).filter((name) => /^\d+$/.test(name)) : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(path.delimiter),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => path.join(system, version, "bin")),
  ];
  const found = folders.find((folder) => existsSync(path.join(folder, "initdb")) && majorOf(folder) >= OLDEST);
  if (found === undefined) throw new Error(`No PostgreSQL ${OLDEST} or newer found in PATH or ${system}. Install the package postgresql.`);
  return found;
}

function majorOf(folder: string): number {
  const answer = spawnSync(path.join(folder, "postgres"), ["--version"], { encoding: "utf8", timeout: 5000 }).stdout;
  return Number(/\) (\d+)/.exec(answer)?.[1] ?? 0);
}

function asUser(user: string | null, command: readonly string[]): readonly string[] {
  return user === null ? command : ["runuser", "-u", user, "--", ...command];
}

function giveTo(folder: string, user: string): void {
  const ids = ["-u", "-g"].map((flag) => Number(runOrThrow(["id", flag, user])));
  chownSync(folder, ids[0] ?? 0, ids[1] ?? 0);
}

function runOrThrow([command = "", ...args]: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", timeout: 60_000, cwd: tmpdir() });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
  return stdout;
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended at once with ${server.exitCode}.`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

async function stopServer(server: ChildProcess, data: string, folder: string): Promise<void> {
  // runuser does not hand signals on: the server's own pid stands in its directory.
  const pid = serverPid(data);
  const ended = new Promise<void>((resolve) =>
    server.exitCode === null && server.signalCode === null ? server.once("exit", () => resolve()) : resolve(),
  );
  signal(pid ?? server.pid, "SIGINT");
  const late = setTimeout(() => signal(serverPid(data) ?? server.pid, "SIGQUIT"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(late);
  rmSync(folder, { recursive: true, force: true });
}

function serverPid(data: string): number | undefined {
  const file = path.join(data, "postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : undefined;
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, name);
  } catch {
    // It ended on its own.
  }
}
