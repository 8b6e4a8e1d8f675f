export type Held<Row> = { readonly keys: readonly string[]; readonly rows: ReadonlyMap<string, Row> };

/** Holds the rows as they are now. */
export function holdRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Held<Row> {
  return { keys: rows.map(keyOf), rows: new Map(rows.map((row) => [keyOf(row), row])) };
}

export type Shown<Row> = { readonly shown: readonly Row[]; readonly added: number; readonly removed: number; readonly moved: number };

/**
 * The rows in the order the reader saw them, each with its newest content; a row that is gone keeps its last content.
 * `added`, `removed` and `moved` say what taking the newest order would change; `moved` counts the fewest rows that must move.
 */
export function showHeld<Row>(held: Held<Row>, latest: readonly Row[], keyOf: (row: Row) => string): Shown<Row> {
  const now = new Map(latest.map((row) => [keyOf(row), row]));
  const shown = held.keys.flatMap((key) => now.get(key) ?? held.rows.get(key) ?? []);
  const removed = held.keys.filter((key) => !now.has(key)).length;
  const place = new Map(held.keys.map((key, at) => [key, at]));
  const common = latest.flatMap((row) => place.get(keyOf(row)) ?? []);
  return { shown, added: latest.length - common.length, removed, moved: common.length - longestRising(common) };
}

/** Length of the longest rising run (not necessarily adjacent) of distinct numbers. */
function longestRising(numbers: readonly number[]): number {
  const tails: number[] = [];
  for (const number of numbers) {
    const at = tails.findIndex((tail) => tail >= number);
    tails[at === -1 ? tails.length : at] = number;
  }
  return tails.length;
}
