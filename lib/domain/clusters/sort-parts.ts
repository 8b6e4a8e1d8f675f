import type { Glyph } from "./cluster-view.ts";

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

/** Compares greater than every text that a row holds: what is not known comes last. */
export const LAST = "\uffff";

/** Parts of a row's sort text: the more urgent first, then by team. */
export function byUrgency({ glyph, team }: { readonly glyph: Glyph; readonly team: string | null }): readonly string[] {
  return [String(URGENCY.indexOf(glyph)).padStart(2, "0"), team ?? LAST];
}

/** Larger times compare smaller; unknown ones come last. */
export function newestFirst(since: string | null): string {
  return since === null ? LAST : String(Number.MAX_SAFE_INTEGER - Date.parse(since)).padStart(16, "0");
}
