/** One measured row. `budget` null means that there is none. */
export type Figure = { readonly name: string; readonly figure: number; readonly unit: string; readonly budget: number | null };

/** What a measurement needs: a portal that is ready, on a sandbox in this folder. */
export type BenchWorld = { readonly url: string; readonly sandboxDir: string; readonly say: (line: string) => void };

/** The nearest-rank percentile. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
