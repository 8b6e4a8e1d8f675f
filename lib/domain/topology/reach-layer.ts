import type { Glyph } from "../clusters/cluster-view.ts";
import { type Message, message } from "../message.ts";
import type { ReachActor, ReachLayer, ReachLayerId, ReachState } from "./reach-view.ts";

/** What a layer says before it is put into words: `key` below `reach.<layer>.`, `evidence` raw. */
export type Said = {
  readonly state: ReachState;
  readonly key: string;
  readonly values?: Message["values"];
  readonly evidence?: string | null;
  readonly at?: Date | null;
  readonly actor?: ReachActor | null;
};

const GLYPHS: Readonly<Record<ReachState, Glyph>> = {
  passed: "ok",
  failed: "failed",
  unknown: "unknown",
  "not-checkable": "unknown",
  "not-needed": "waiting",
};

export function toLayer(id: ReachLayerId, { state, key, values = {}, evidence = null, at = null, actor = null }: Said): ReachLayer {
  return {
    id,
    state,
    glyph: GLYPHS[state],
    label: message(`reach.layer.${id}`),
    sentence: message(`reach.${id}.${key}`, values),
    evidence,
    at: at?.toISOString() ?? null,
    actor,
  };
}

/** Why a fact proves nothing, in words that fit every layer; null when it is fresh. `at` null: never read. */
export type Staleness = { readonly key: "unread" | "old" | "denied" | "throttled"; readonly at: Date | null };

export type Age = { readonly now: Date; readonly health: { readonly error: string | null; readonly throttledUntil: string | null } | null };

export function staleness(at: Date | null, maxAgeMs: number, { now, health }: Age): Staleness | null {
  if (at !== null && now.getTime() - at.getTime() < maxAgeMs) return null;
  if (health?.error?.includes("denied") === true) return { key: "denied", at };
  if (health !== null && (health.throttledUntil !== null || health.error?.includes("throttled") === true)) return { key: "throttled", at };
  return { key: at === null ? "unread" : "old", at };
}

/** The layer of a fact that proves nothing: "not checked since …". */
export function notChecked(id: ReachLayerId, { key, at }: Staleness): ReachLayer {
  return {
    ...toLayer(id, { state: "unknown", key, at }),
    sentence: message(at === null ? `reach.notChecked.${key}` : `reach.notCheckedSince.${key}`, at === null ? {} : { at: at.getTime() }),
  };
}
