import type { ClusterRowView, Glyph } from "./cluster-view.ts";

export const CLUSTER_SORTS = ["urgency", "name", "version", "account", "since"] as const;
export type ClusterSort = (typeof CLUSTER_SORTS)[number];

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
export function sortText(row: ClusterRowView, sort: ClusterSort): string {
  return [...partsOf(row, sort), row.name, row.key].join("\u0000");
}

function partsOf(row: ClusterRowView, sort: ClusterSort): readonly string[] {
  switch (sort) {
    case "urgency":
      return [String(URGENCY.indexOf(row.glyph)).padStart(2, "0"), row.team ?? "\uffff"];
    case "name":
      return [];
    case "version":
      return [
        (row.version ?? "\uffff")
          .split(".")
          .map((part) => part.padStart(4, "0"))
          .join("."),
      ];
    case "account":
      return [row.account ?? "\uffff"];
    case "since":
      return [newestFirst(row.since)];
  }
}

/** Larger times compare smaller; unknown ones come last. */
function newestFirst(since: string | null): string {
  return since === null ? "\uffff" : String(Number.MAX_SAFE_INTEGER - Date.parse(since)).padStart(16, "0");
}
