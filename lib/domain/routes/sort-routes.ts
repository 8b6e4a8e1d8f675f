import { byUrgency, LAST, newestFirst } from "../clusters/sort-parts.ts";
import type { RouteRowView } from "./route-view.ts";

export const ROUTE_SORTS = ["urgency", "name", "network", "since"] as const;
export type RouteSort = (typeof ROUTE_SORTS)[number];

/** What a row is sorted by, as one text that compares like the order wanted; the key at the end makes every order total. */
export function routeSortText(row: RouteRowView, sort: RouteSort): string {
  return [...partsOf(row, sort), row.name, row.key].join("\u0000");
}

function partsOf(row: RouteRowView, sort: RouteSort): readonly string[] {
  switch (sort) {
    case "urgency":
      return byUrgency(row);
    case "name":
      return [];
    case "network":
      return [row.network ?? LAST];
    case "since":
      return [newestFirst(row.since)];
  }
}
