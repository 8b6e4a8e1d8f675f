import { z } from "zod";
import { startTicksOf } from "./cluster/child-process.ts";
import { findJson, type SandboxFolder, writePrivateJson } from "./state/sandbox-folder.ts";

const staleMs = 15_000;

/** What the supervisor says about itself, rewritten every second. */
export const SupervisorState = z.strictObject({
  pid: z.int(),
  startTicks: z.string(),
  state: z.enum(["starting", "ready", "stopping", "failed"]),
  step: z.string(),
  startedAt: z.string(),
  heartbeatAt: z.string(),
  readyAfterMs: z.number().nullable(),
  speed: z.number(),
});
export type SupervisorState = z.infer<typeof SupervisorState>;

/** The running supervisor of this folder, or null. A dead one's file counts as nothing. */
export function findSupervisor(folder: SandboxFolder): SupervisorState | null {
  const state = findJson(folder.supervisor, SupervisorState);
  if (!state || state.startTicks !== startTicksOf(state.pid)) return null;
  return state;
}

/** What a supervisor that has ended said last. */
export function lastWords(folder: SandboxFolder): SupervisorState | null {
  return findJson(folder.supervisor, SupervisorState);
}

export function isSilent(state: SupervisorState, now: number): boolean {
  return now - Date.parse(state.heartbeatAt) > staleMs;
}

export function heartbeat(folder: SandboxFolder, speed: number) {
  const startedAt = new Date();
  let current: SupervisorState = {
    pid: process.pid,
    startTicks: startTicksOf(process.pid) ?? "",
    state: "starting",
    step: "starting",
    startedAt: startedAt.toISOString(),
    heartbeatAt: startedAt.toISOString(),
    readyAfterMs: null,
    speed,
  };
  const write = (change: Partial<SupervisorState>) => {
    current = { ...current, ...change, heartbeatAt: new Date().toISOString() };
    writePrivateJson(folder.supervisor, current);
  };
  write({});
  const timer = setInterval(() => write({}), 1_000);
  return {
    step: (step: string) => write({ step }),
    ready: () => write({ state: "ready", step: "ready", readyAfterMs: Date.now() - startedAt.getTime() }),
    stopping: () => write({ state: "stopping", step: "stopping" }),
    failed: (why: string) => write({ state: "failed", step: why }),
    end: () => clearInterval(timer),
  };
}
