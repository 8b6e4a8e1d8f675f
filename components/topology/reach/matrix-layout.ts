import type { Shown } from "./matrix-counts.ts";
import type { ShownMatrix } from "./reach-data.ts";

/** A cell is a square of this side, px: above the smallest target of the design. */
export const STEP = 28;
const CHAR = 6.4;

export type HeaderSizes = { readonly width: number; readonly height: number };

/** Room for the names: as much as the longest needs, up to two lines of it. */
export function headerSizes({ callers, services }: Pick<ShownMatrix, "callers" | "services">, { rows, columns }: Shown): HeaderSizes {
  const longest = (names: readonly (string | undefined)[]) => names.reduce((most, name) => Math.max(most, name?.length ?? 0), 0);
  return {
    width: room(longest(rows.map((row) => callers[row]?.name)), 120, 280),
    height: room(longest(columns.map((column) => services[column]?.name)), 72, 220),
  };
}

function room(characters: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, characters * CHAR + 20)));
}
