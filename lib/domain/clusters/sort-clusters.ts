import type { ClusterRowView } from "./cluster-view.ts";
import { byUrgency, LAST, newestFirst } from "./sort-parts.ts";

export const CLUSTER_SORTS = ["urgency", "name", "version", "account", "since"] as const;
export type ClusterSort = (typeof CLUSTER_SORTS)[number];

/** What a row is sorted by, as one text that compares like the order wanted; the key at the end makes every order total. */
export function sortText(row: ClusterRowView, sort: ClusterSort): string {
  return [...partsOf(row, sort), row.name, row.key].join("\u0000");
}

function partsOf(row: ClusterRowView, sort: ClusterSort): readonly string[] {
  switch (sort) {
    case "urgency":
      return byUrgency(row);
    case "name":
      return [];
    case "version":
      return [
        (row.version ?? LAST)
          .split(".")
          .map((part) => part.padStart(4, "0"))
          .join("."),
      ];
    case "account":
      return [row.account ?? LAST];
    case "since":
      return [newestFirst(row.since)];
  }
}
