import type { RunningChild } from "./child-process.ts";

const restartDelayMs = 1_000;
export type KeptChild = { current: () => RunningChild; release: () => void; stop: (timeoutMs: number) => Promise<void> };

/** Starts a child and starts it again whenever it ends by itself, until released. */
export function keepRunning(start: () => RunningChild, say: (line: string) => void): KeptChild {
  let released = false;
  let child = start();
  function watch(): void {
    void child.exited.then((how) => {
      if (released) return;
      say(`${child.name} ended (${how}); starting it again`);
      setTimeout(() => {
        if (released) return;
        child = start();
        watch();
      }, restartDelayMs);
    });
  }
  watch();
  return { current: () => child, release: () => (released = true), stop: (timeoutMs) => child.stop(timeoutMs) };
}
