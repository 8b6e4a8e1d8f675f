const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** How long to wait before attempt `failures + 1`: doubling, at least half of it, the rest random, and never less than the server asked for. */
export function backOffMs(failures: number, random: () => number, retryAfterMs = 0): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(retryAfterMs, 0) + Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
