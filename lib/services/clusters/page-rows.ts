import { readCursor, writeCursor } from "./list-cursor.ts";

type Listed = { readonly state: string };
type Page<Row> = {
  readonly items: Row[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly counts: Record<string, number>;
};

const PAGE = 50;

/** One page of rows in memory: those of the wanted states in the order of their sort texts, after the cursor; with the numbers of all that match, by state. `INVALID` for a cursor that is not ours. */
export function pageRows<Row extends Listed>(
  matching: readonly Row[],
  asked: {
    readonly state?: readonly string[];
    readonly cursor?: string;
    readonly limit?: number;
    readonly textOf: (row: Row) => string;
  },
): Page<Row> {
  const after = asked.cursor === undefined ? null : readCursor(asked.cursor);
  const shown = matching
    .filter((row) => asked.state === undefined || asked.state.includes(row.state))
    .map((row) => ({ row, text: asked.textOf(row) }))
    .filter(({ text }) => after === null || text > after)
    .sort((one, other) => (one.text < other.text ? -1 : 1));
  const page = shown.slice(0, asked.limit ?? PAGE);
  const last = page.at(-1);
  return {
    items: page.map(({ row }) => row),
    nextCursor: last !== undefined && page.length < shown.length ? writeCursor(last.text) : null,
    total: matching.length,
    counts: countStates(matching),
  };
}

/** Does every word of a search stand somewhere in what a row says? No words match every row. */
export function matchesWords(parts: readonly (string | null)[], q: string | undefined): boolean {
  if (q === undefined || q === "") return true;
  const words = parts
    .flatMap((part) => part ?? [])
    .join(" ")
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.includes(part));
}

function countStates(rows: readonly Listed[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
