import type { RunningChild } from "./child-process.ts";

const restartDelayMs = 1_000;
export type KeptChild = {
  current: () => RunningChild;
  restart: () => Promise<void>;
  release: () => void;
  stop: (timeoutMs: number) => Promise<void>;
};

/** Starts a child and starts it again whenever it ends by itself, until released. */
export function keepRunning(start: () => RunningChild, say: (line: string) => void): KeptChild {
  let released = false;
  let restarting = false;
  let child = start();
  function begin(): void {
    child = start();
    watch(child);
  }
  function watch(watched: RunningChild): void {
    void watched.exited.then((how) => {
      if (released || restarting || watched !== child) return;
      say(`${watched.name} ended (${how}); starting it again`);
      setTimeout(() => {
        if (!released && watched === child) begin();
      }, restartDelayMs);
    });
  }
  watch(child);
  return {
    current: () => child,
    restart: async () => {
      restarting = true;
      await child.stop(5_000);
      begin();
      restarting = false;
    },
    release: () => (released = true),
    stop: (timeoutMs) => child.stop(timeoutMs),
  };
}
