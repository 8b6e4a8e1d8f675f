const FIRST_MS = 250;
const MOST_MS = 5000;

/** Tries again, each time a little later, until `attempt` succeeds. Resolves false when the signal fired first. */
export async function retryUntil(
  attempt: () => Promise<void>,
  { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure: (error: unknown) => void },
): Promise<boolean> {
  for (let waitMs = FIRST_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, MOST_MS)) {
    try {
      await attempt();
      return true;
    } catch (error) {
      onFailure(error);
    }
    await pause(waitMs * (0.8 + Math.random() * 0.4), signal);
  }
  return false;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
