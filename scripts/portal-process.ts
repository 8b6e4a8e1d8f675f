import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";

export type PortalOptions = {
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly readyTimeoutMs: number;
};
export type PortalProcess = { readonly child: ChildProcess; readonly url: string; stop(): Promise<void> };

/** Starts `next start` with the portal's environment and waits until /api/readyz answers 200. Throws with the readiness answer when it does not come. */
export async function startPortal(options: PortalOptions): Promise<PortalProcess> {
  mkdirSync(path.dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: "a", mode: 0o600 });
  const url = `http://localhost:${options.port}`;
  const child = spawn("node", ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", String(options.port)], {
    env: {
      ...process.env,
      ...options.env,
      NODE_ENV: "production",
      PORT: String(options.port),
      AUTH_URL: options.env.AUTH_URL ?? url,
      NEXT_TELEMETRY_DISABLED: "1",
      // A second start compiles nothing again.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.resolve(process.env.NEXT_DIST_DIR ?? ".next", "cache", "node"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const portal = { child, url, stop: () => stopChild(child, 8000) };
  try {
    await untilReady(child, options);
  } catch (error) {
    await portal.stop();
    throw error;
  }
  return portal;
}

async function untilReady(child: ChildProcess, { port, readyTimeoutMs, logFile }: PortalOptions): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs;
  let last = "no answer yet";
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the portal stopped with exit code ${child.exitCode}; its log is ${logFile}`);
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/readyz`, { signal: AbortSignal.timeout(2000) });
      if (answer.status === 200) return;
      last = await answer.text();
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the portal was not ready in time: ${last}; its log is ${logFile}`);
}

/** SIGTERM, then SIGKILL after the grace time; resolves when the process is gone. */
export function stopChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
