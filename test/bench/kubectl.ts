import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import path from "node:path";

/** Runs the sandbox's kubectl as cluster-admin of its management cluster; throws with what it says. */
export function kubectl(sandboxDir: string, args: readonly string[], input?: string): string {
  const done = spawnSync(binary(sandboxDir), args, {
    encoding: "utf8",
    env: environment(sandboxDir),
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  });
  if (done.status !== 0) throw new Error(`kubectl ${args.slice(0, 3).join(" ")}: ${done.stderr}`);
  return done.stdout;
}

export function spawnKubectl(sandboxDir: string, args: readonly string[]): ChildProcess {
  return spawn(binary(sandboxDir), args, { env: environment(sandboxDir), stdio: ["ignore", "pipe", "inherit"] });
}

const binary = (sandboxDir: string) => path.join(sandboxDir, "bin", "kubectl");
const environment = (sandboxDir: string) => ({ ...process.env, KUBECONFIG: path.join(sandboxDir, "admin.kubeconfig") });

/** `kubectl proxy` on a free loopback port: plain requests without the start-up time of a program. */
export async function startApiProxy(
  sandboxDir: string,
): Promise<{ mergePatch(path: string, patch: unknown): Promise<void>; stop(): void }> {
  const child = spawnKubectl(sandboxDir, ["proxy", "--port", "0", "--address", "127.0.0.1"]);
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      const found = /127\.0\.0\.1:\d+/.exec(chunk.toString());
      if (found !== null) resolve(`http://${found[0]}`);
    });
    child.once("exit", () => reject(new Error("kubectl proxy ended")));
  });
  return {
    mergePatch: async (at, patch) => {
      const answer = await fetch(address + at, {
        method: "PATCH",
        headers: { "content-type": "application/merge-patch+json" },
        body: JSON.stringify(patch),
        signal: AbortSignal.timeout(10_000),
      });
      if (!answer.ok) throw new Error(`PATCH ${at} answered ${answer.status}`);
    },
    stop: () => child.kill("SIGTERM"),
  };
}
