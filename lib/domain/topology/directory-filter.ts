import { byUrgency, LAST, newestFirst } from "../clusters/sort-parts.ts";
import type { DirectoryHealth, DirectoryRow } from "./directory-view.ts";

export const DIRECTORY_SORTS = ["urgency", "name", "team", "changed"] as const;
export type DirectorySort = (typeof DIRECTORY_SORTS)[number];

/** What a row is sorted by, as one text that compares like the order wanted; the key at the end makes every order total. */
export function directorySortText(row: DirectoryRow, sort: DirectorySort): string {
  return [...partsOf(row, sort), row.name, row.key].join("\u0000");
}

function partsOf(row: DirectoryRow, sort: DirectorySort): readonly string[] {
  switch (sort) {
    case "name":
      return [];
    case "urgency":
      return byUrgency(row);
    case "team":
      return [row.team ?? LAST];
    case "changed":
      return [newestFirst(row.changedAt)];
  }
}

/** Neither: work runs, or somebody stopped it. */
export function healthOf({ glyph }: Pick<DirectoryRow, "glyph">): DirectoryHealth | null {
  if (glyph === "ok") return "healthy";
  return ["failed", "attention", "unknown"].includes(glyph) ? "unhealthy" : null;
}
