import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";

export type HeadlessProcess = { readonly kill: () => Promise<void> };

/** Starts one delivery process and resolves when it is at work. `kill` is kill -9, and resolves when the system has buried it. */
export async function startHeadless(env: Readonly<Record<string, string>>, logFile: string): Promise<HeadlessProcess> {
  const child = spawn(process.execPath, ["test/delivery/headless.ts"], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stderr.pipe(createWriteStream(logFile, { flags: "a" }));
  const exited = once(child, "exit");
  await Promise.race([
    untilRunning(child),
    exited.then(() => Promise.reject(new Error(`the delivery process ended by itself, see ${logFile}`))),
  ]);
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function untilRunning(child: ChildProcess): Promise<void> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes("running")) return;
  }
}
