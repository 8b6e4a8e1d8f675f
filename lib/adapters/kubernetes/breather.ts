import { setImmediate } from "node:timers/promises";

const SLICE_MS = 8;

/** Lets timers and other connections run when a loop has held the event loop for a while. */
export function createBreather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
