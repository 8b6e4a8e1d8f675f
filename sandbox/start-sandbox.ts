import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { projectRoot, type SandboxFolder, sandboxFolder } from "./state/sandbox-folder.ts";
import { findSupervisor, lastWords } from "./supervisor-state.ts";

const stopMs = 10_000;
const PortalEnvironment = z.record(z.string(), z.string());

export type RunningSandbox = { folder: SandboxFolder; env: Record<string, string>; stop: () => Promise<void> };
export type SandboxOptions = {
  directory?: string;
  speed?: number;
  /** With two tenant clusters that run services, from the moment the portal has made its teams' namespaces. Tests start with none. */
  seedFleet?: boolean;
  detached?: boolean;
  progress?: (line: string) => void;
  signal?: AbortSignal;
};

/**
 * Starts a sandbox (or joins the one that runs in this folder) and waits until it is ready.
 * Not detached, it ends with the calling process, however that ends. `stop` leaves a sandbox alone that somebody else started.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const folder = sandboxFolder(options.directory);
  const progress = options.progress ?? (() => undefined);
  const joined = findSupervisor(folder) !== null;
  const ended = joined ? null : startSupervisor(folder, options);
  const stop = async () => {
    if (!joined) await stopSupervisor(folder);
  };
  try {
    await untilReady(folder, progress, ended, options.signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return { folder, env: portalEnvironment(folder), stop };
}

/** The environment variables a portal needs to use this sandbox. */
export function portalEnvironment(folder: SandboxFolder): Record<string, string> {
  if (!existsSync(folder.portalEnv)) return {};
  return PortalEnvironment.parse(JSON.parse(readFileSync(folder.portalEnv, "utf8")));
}

/** Ends the sandbox of this folder with everything it started; nothing running is fine too. Answers whether one ran. */
export async function stopSupervisor(folder: SandboxFolder): Promise<boolean> {
  const state = findSupervisor(folder);
  if (!state) return false;
  process.kill(state.pid, "SIGTERM");
  const until = Date.now() + stopMs - 1_000;
  while (Date.now() < until) {
    if (!findSupervisor(folder)) return true;
    await sleep(50);
  }
  // Its children ask the kernel to end with it.
  if (findSupervisor(folder)) process.kill(state.pid, "SIGKILL");
  return true;
}

function startSupervisor(folder: SandboxFolder, options: SandboxOptions): { how: () => string | null } {
  mkdirSync(dirname(folder.supervisorLog), { recursive: true, mode: 0o700 });
  const log = openSync(folder.supervisorLog, "a", 0o600);
  const detached = options.detached ?? false;
  const child = spawn(
    process.execPath,
    [join(projectRoot, "sandbox/cli.ts"), "start", "--foreground", ...(detached ? ["--detached"] : [])],
    {
      cwd: projectRoot,
      detached,
      stdio: ["ignore", log, log],
      env: {
        ...process.env,
        TRELLIS_SANDBOX_DIR: folder.root,
        SANDBOX_SEED_FLEET: String(options.seedFleet ?? false),
        ...(options.speed === undefined ? {} : { SANDBOX_SPEED: String(options.speed) }),
      },
    },
  );
  if (detached) child.unref();
  let how: string | null = null;
  child.once("exit", (code, signal) => (how = signal ?? `exit code ${code ?? "unknown"}`));
  return { how: () => how };
}

async function untilReady(
  folder: SandboxFolder,
  progress: (line: string) => void,
  started: { how: () => string | null } | null,
  signal?: AbortSignal,
): Promise<void> {
  let said = "";
  for (;;) {
    signal?.throwIfAborted();
    const state = findSupervisor(folder);
    if (state?.state === "ready") return;
    if (state && state.step !== said) {
      said = state.step;
      progress(said);
    }
    const how = started?.how() ?? null;
    if (how !== null || (!state && !started)) throw new Error(endedSentence(folder, how));
    await sleep(100);
  }
}

function endedSentence(folder: SandboxFolder, how: string | null): string {
  const last = lastWords(folder);
  const why = last?.state === "failed" ? last.step : `it ended (${how ?? "unknown"}) before it was ready`;
  return `the sandbox did not start: ${why}\nIts log is ${folder.supervisorLog}`;
}
