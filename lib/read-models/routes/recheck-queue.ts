const START_MS = 20;
const PAUSE_MS = 30;
const BUDGET_MS = 8;

/** Work for many rows, done a few milliseconds at a time so that no page waits behind it. A key added twice is done once. */
export function createRecheckQueue(work: (key: string) => void, onError: (error: unknown) => void) {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  function run(): void {
    timer = null;
    const until = performance.now() + BUDGET_MS;
    for (const key of waiting) {
      waiting.delete(key);
      try {
        work(key);
      } catch (error) {
        onError(error);
      }
      if (performance.now() > until) break;
    }
    if (waiting.size > 0) start(PAUSE_MS);
  }

  function start(ms: number): void {
    if (timer !== null) return;
    timer = setTimeout(run, ms);
    timer.unref();
  }

  return {
    add(key: string): void {
      waiting.add(key);
      start(START_MS);
    },
    drop: (key: string) => void waiting.delete(key),
    close(): void {
      if (timer !== null) clearTimeout(timer);
      waiting.clear();
    },
  };
}
