import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type RunningSandbox, startSandbox } from "../start-sandbox.ts";
import { projectRoot } from "../state/sandbox-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    sandboxDirectory: string;
  }
}

const speed = 60;
let running: RunningSandbox | null = null;

/** One sandbox for the whole suite, of its own folder. `TRELLIS_TEST_SANDBOX_DIR` joins one that already runs. */
export async function setup(project: TestProject): Promise<void> {
  const directory = process.env.TRELLIS_TEST_SANDBOX_DIR ?? join(projectRoot, ".sandbox-test");
  running = await startSandbox({ directory, speed, progress: (line) => console.error(`sandbox: ${line}`) });
  project.provide("sandboxDirectory", directory);
}

export async function teardown(): Promise<void> {
  await running?.stop();
}
