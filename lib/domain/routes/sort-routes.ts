import type { Glyph } from "../clusters/cluster-view.ts";
import type { RouteRowView } from "./route-view.ts";

export const ROUTE_SORTS = ["urgency", "name", "network", "since"] as const;
export type RouteSort = (typeof ROUTE_SORTS)[number];

/** Most urgent first (look/README §4). */
const URGENCY: readonly Glyph[] = [
  "failed",
  "attention",
  "waiting",
  "unknown",
  "progressing",
  "deleting",
  "paused",
  "hibernated",
  "ok",
  "todo",
  "closed",
];

/** What a row is sorted by, as one text that compares like the order wanted; the key at the end makes every order total. */
export function routeSortText(row: RouteRowView, sort: RouteSort): string {
  return [...partsOf(row, sort), row.name, row.key].join("\u0000");
}

function partsOf(row: RouteRowView, sort: RouteSort): readonly string[] {
  switch (sort) {
    case "urgency":
      return [String(URGENCY.indexOf(row.glyph)).padStart(2, "0"), row.team ?? "\uffff"];
    case "name":
      return [];
    case "network":
      return [row.network ?? "\uffff"];
    case "since":
      return [row.since === null ? "\uffff" : String(Number.MAX_SAFE_INTEGER - Date.parse(row.since)).padStart(16, "0")];
  }
}
