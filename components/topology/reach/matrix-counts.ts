import type { ShownMatrix, ShownOutcome } from "./reach-data.ts";

type Cells = ShownMatrix["cells"];
export type OutcomeCount<Outcome> = { readonly outcome: Outcome; readonly count: number };
export type MatrixCounts<Outcome> = {
  readonly total: number;
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
  /** Every outcome that occurs, refusals first, the most frequent first. */
  readonly outcomes: readonly OutcomeCount<Outcome>[];
};

const RANK = { no: 0, unknown: 1, yes: 2 } as const;

/** How often each answer stands in the grid. */
export function countMatrix<Outcome extends Pick<ShownOutcome, "verdict">>(
  outcomes: readonly Outcome[],
  cells: Cells,
): MatrixCounts<Outcome> {
  const counts = new Array<number>(outcomes.length).fill(0);
  for (const row of cells) for (const index of row) counts[index] = (counts[index] ?? 0) + 1;
  const listed = outcomes
    .map((outcome, index) => ({ outcome, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => RANK[one.outcome.verdict] - RANK[other.outcome.verdict] || other.count - one.count);
  const sumOf = (verdict: ShownOutcome["verdict"]) =>
    listed.reduce((sum, { outcome, count }) => (outcome.verdict === verdict ? sum + count : sum), 0);
  const [yes, no, unknown] = [sumOf("yes"), sumOf("no"), sumOf("unknown")];
  return { total: yes + no + unknown, yes, no, unknown, outcomes: listed };
}

/** Which callers and services the grid shows, by their place in the matrix. */
export type Shown = { readonly rows: readonly number[]; readonly columns: readonly number[] };

/** Everything, or only the callers and services that have a refusal among them. */
export function shownOf(
  { outcomes, cells, services }: Pick<ShownMatrix, "cells" | "services"> & { readonly outcomes: readonly Pick<ShownOutcome, "verdict">[] },
  onlyRefused: boolean,
): Shown {
  const rows = cells.map((_, row) => row);
  const columns = services.map((_, column) => column);
  if (!onlyRefused) return { rows, columns };
  const isRefused = (row: number, column: number) => outcomes[cells[row]?.[column] ?? -1]?.verdict === "no";
  return {
    rows: rows.filter((row) => columns.some((column) => isRefused(row, column))),
    columns: columns.filter((column) => rows.some((row) => isRefused(row, column))),
  };
}
