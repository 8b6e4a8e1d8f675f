import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { findJson, type SandboxFolder, writePrivateJson } from "../state/sandbox-folder.ts";

const PidFile = z.strictObject({ pid: z.int(), startTicks: z.string() });
const logLimitBytes = 64 * 1024 * 1024;

export type ChildSpec = { name: string; launcher: string; program: string; args: string[]; env?: Record<string, string> };
export type RunningChild = {
  name: string;
  pid: number;
  exited: Promise<string>;
  hasExited: () => boolean;
  stop: (timeoutMs: number) => Promise<void>;
};

/** Starts a program that dies with us: the launcher asks the kernel for SIGKILL on the parent's death. Its output goes to a log file. */
export function startChild(folder: SandboxFolder, spec: ChildSpec): RunningChild {
  const logFile = folder.log(spec.name);
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const log = openSync(logFile, sizeOf(logFile) > logLimitBytes ? "w" : "a", 0o600);
  const child = spawn(spec.launcher, ["run", String(process.pid), spec.program, ...spec.args], {
    stdio: ["ignore", log, log],
    env: { ...childEnvironment(), NODE_ENV: "production", ...spec.env },
  });
  closeSync(log);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${spec.name} could not be started: ${spec.launcher} is missing or not executable`);
  writePrivateJson(folder.pid(spec.name), { pid, startTicks: startTicksOf(pid) ?? "" });
  let gone = false;
  const exited = new Promise<string>((done) => {
    child.once("exit", (code, signal) => {
      gone = true;
      rmSync(folder.pid(spec.name), { force: true });
      done(signal ?? `exit code ${code ?? "unknown"}`);
    });
  });
  return { name: spec.name, pid, exited, hasExited: () => gone, stop: (timeoutMs) => stopChild(child, exited, timeoutMs) };
}

async function stopChild(child: ChildProcess, exited: Promise<string>, timeoutMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  await exited;
  clearTimeout(timer);
}

/** Ends children a killed supervisor may have left. A pid counts as ours only with the start time we wrote down. */
export function endStaleChildren(folder: SandboxFolder): void {
  let names: string[];
  try {
    names = readdirSync(folder.at("pids"));
  } catch {
    return;
  }
  for (const file of names) {
    const kept = findJson(folder.at("pids", file), PidFile);
    if (kept && kept.startTicks !== "" && startTicksOf(kept.pid) === kept.startTicks) process.kill(kept.pid, "SIGKILL");
    rmSync(folder.at("pids", file), { force: true });
  }
}

/** The kernel's start time of a process: with the pid it names one process for ever. Null when there is none. */
export function startTicksOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** Nothing of the caller's secrets or proxies reaches the children. */
function childEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "TMPDIR", "LANG", "TZ"];
  const pairs = kept.map((name) => [name, process.env[name] ?? ""] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
