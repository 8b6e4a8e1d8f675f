import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import path from "node:path";

/** Runs the sandbox's kubectl as cluster-admin of its management cluster; throws with what it says. */
export function kubectl(sandboxDir: string, args: readonly string[], input?: string): string {
  const done = spawnSync(binary(sandboxDir), args, { encoding: "utf8", env: environment(sandboxDir), timeout: 120_000, maxBuffer: 64 * 1024 * 1024, ...(input === undefined ? {} : { input }) });
  if (done.status !== 0) throw new Error(`kubectl ${args.slice(0, 3).join(" ")}: ${done.stderr}`);
  return done.stdout;
}

export function spawnKubectl(sandboxDir: string, args: readonly string[]): ChildProcess {
  return spawn(binary(sandboxDir), args, { env: environment(sandboxDir), stdio: ["ignore", "pipe", "inherit"] });
}

const binary = (sandboxDir: string) => path.join(sandboxDir, "bin", "kubectl");
const environment = (sandboxDir: string) => ({ ...process.env, KUBECONFIG: path.join(sandboxDir, "admin.kubeconfig") });
