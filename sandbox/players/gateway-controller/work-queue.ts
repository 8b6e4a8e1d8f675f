import { setTimeout as sleep } from "node:timers/promises";

const firstBackoffMs = 5;
const longestBackoffMs = 1_000_000;
/** What became of one key: done (with a time to look again), to be looked at again later, or failed. */
export type Outcome = { kind: "done"; againMs: number | null } | { kind: "later"; afterMs: number } | { kind: "failed" };
export type WorkQueueOptions = {
  work: (key: string) => Promise<Outcome>;
  /** Waiting times in real seconds are divided by it. */
  speed: number;
  signal: AbortSignal;
};

/**
 * A queue as controller-runtime has it: a key stands in it once, is never worked on twice at a time, and comes back after 5 ms, 10 ms, 20 ms…
 * when it failed. There is one worker, so a call that hangs holds up every other key.
 */
export function workQueue({ work, speed, signal }: WorkQueueOptions) {
  const waiting: string[] = [];
  const timers = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  const failures = new Map<string, number>();
  let wake: (() => void) | null = null;
  signal.addEventListener("abort", () => wake?.(), { once: true });

  function add(key: string): void {
    if (signal.aborted || waiting.includes(key)) return;
    waiting.push(key);
    wake?.();
  }
  function addAfter(key: string, realMs: number): void {
    if (signal.aborted) return;
    const at = Date.now() + realMs / speed;
    const known = timers.get(key);
    if (known && known.at <= at) return;
    if (known) clearTimeout(known.timer);
    const timer = setTimeout(() => {
      timers.delete(key);
      add(key);
    }, at - Date.now());
    timers.set(key, { at, timer });
  }
  function settle(key: string, outcome: Outcome): void {
    if (outcome.kind === "failed") {
      const failed = failures.get(key) ?? 0;
      failures.set(key, failed + 1);
      addAfter(key, Math.min(firstBackoffMs * 2 ** failed, longestBackoffMs));
      return;
    }
    failures.delete(key);
    if (outcome.kind === "later") addAfter(key, outcome.afterMs);
    if (outcome.kind === "done" && outcome.againMs !== null) addAfter(key, outcome.againMs);
  }
  async function run(): Promise<void> {
    while (!signal.aborted) {
      const key = waiting.shift();
      if (key === undefined) {
        await new Promise<void>((done) => (wake = done));
        wake = null;
        continue;
      }
      settle(key, await work(key));
      await sleep(0);
    }
    for (const { timer } of timers.values()) clearTimeout(timer);
  }
  return { add, addAfter, run };
}
export type WorkQueue = ReturnType<typeof workQueue>;
