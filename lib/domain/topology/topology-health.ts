import type { Glyph } from "../clusters/cluster-view.ts";
import type { GlyphCounts } from "./topology-view.ts";

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
const RESTING: ReadonlySet<Glyph> = new Set(["ok", "paused", "hibernated", "todo", "closed"]);

/** Neither well nor resting: what "Only unhealthy" shows, and what a map draws beyond its limit unless nothing is known of it. */
export function isTroubled({ glyph }: { readonly glyph: Glyph }): boolean {
  return !RESTING.has(glyph);
}

/** Known to be neither well nor resting: always drawn. */
export function isKnownTroubled({ glyph }: { readonly glyph: Glyph }): boolean {
  return glyph !== "unknown" && !RESTING.has(glyph);
}

/** The most urgent; null of none. */
export function worstGlyph(glyphs: Iterable<Glyph>): Glyph | null {
  let worst: Glyph | null = null;
  for (const glyph of glyphs) if (worst === null || URGENCY.indexOf(glyph) < URGENCY.indexOf(worst)) worst = glyph;
  return worst;
}

/** In the order of urgency, so that the same things give the same bytes. */
export function countGlyphs(glyphs: Iterable<Glyph>): GlyphCounts {
  const counts = new Map<Glyph, number>();
  for (const glyph of glyphs) counts.set(glyph, (counts.get(glyph) ?? 0) + 1);
  const found: GlyphCounts = {};
  for (const glyph of URGENCY) {
    const count = counts.get(glyph);
    if (count !== undefined) found[glyph] = count;
  }
  return found;
}

/** The older of two evidence times; nothing is as old as none. */
export function olderAt(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return one < other ? one : other;
}
