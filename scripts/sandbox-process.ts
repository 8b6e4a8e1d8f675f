import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { stopChild } from "./portal-process.ts";

export type SandboxOptions = {
  readonly dir: string;
  readonly speed?: number;
  readonly portalPort?: number;
  readonly quiet?: boolean;
  readonly readyTimeoutMs: number;
};
export type SandboxProcess = { readonly child: ChildProcess; readonly env: Readonly<Record<string, string>>; stop(): Promise<void> };

/** Runs `sandbox start --foreground` as a child and resolves when it says that it is ready; its portal environment comes with it. */
export async function startSandbox(options: SandboxOptions): Promise<SandboxProcess> {
  const envFile = path.join(options.dir, "portal", "env.json");
  const readyFile = path.join(options.dir, "ready");
  rmSync(readyFile, { force: true });
  const child = spawn("node", ["sandbox/cli.ts", "start", "--foreground"], {
    env: {
      ...process.env,
      TRELLIS_SANDBOX_DIR: options.dir,
      ...(options.speed === undefined ? {} : { SANDBOX_SPEED: String(options.speed) }),
    },
    stdio: ["ignore", options.quiet === true ? "ignore" : "inherit", "inherit"],
  });
  const deadline = Date.now() + options.readyTimeoutMs;
  while (!existsSync(readyFile)) {
    if (child.exitCode !== null) throw new Error(`the sandbox stopped with exit code ${child.exitCode}`);
    if (Date.now() > deadline) {
      await stopChild(child, 10_000);
      throw new Error(`the sandbox was not ready within ${options.readyTimeoutMs / 1000} s; see ${path.join(options.dir, "logs")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const env = JSON.parse(readFileSync(envFile, "utf8")) as Record<string, string>;
  return { child, env, stop: () => stopChild(child, 10_000) };
}
