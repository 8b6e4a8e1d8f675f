import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";

/** The colour role of a status; a colour repeats what shape and word already say. */
export type Tone = "ok" | "progressing" | "attention" | "failed" | "unknown" | "paused";

const TONE_OF_GLYPH: Readonly<Record<Glyph, Tone>> = {
  ok: "ok",
  progressing: "progressing",
  waiting: "attention",
  attention: "attention",
  failed: "failed",
  unknown: "unknown",
  paused: "paused",
  hibernated: "paused",
  deleting: "progressing",
  closed: "paused",
  todo: "unknown",
};

export function toneOf(glyph: Glyph): Tone {
  return TONE_OF_GLYPH[glyph];
}

const TONE_CLASS: Readonly<Record<Tone, string>> = {
  ok: "tone-ok",
  progressing: "tone-progressing",
  attention: "tone-attention",
  failed: "tone-failed",
  unknown: "tone-unknown",
  paused: "tone-paused",
};

/** Sets the variables `--tone`, `--tone-bg` and `--tone-line` for everything inside. */
export function toneClass(tone: Tone): string {
  return TONE_CLASS[tone];
}

/** Words turn coloured only when somebody should look. */
export function isCalm(tone: Tone): boolean {
  return tone === "ok" || tone === "unknown" || tone === "paused";
}
