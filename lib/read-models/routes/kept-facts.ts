import type { JsonValue } from "../../domain/json.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import type { Seen } from "../../domain/routes/lattice-facts.ts";

const MOST_GONE = 5_000;

/** What taking a fact did: it says something new, only its age moved, or it was older than what is known. */
export type Taken = "changed" | "older" | "aged";

/** The newest value by id, with the time at which it was said. */
export type KeptFacts<Value> = {
  readonly get: (id: string) => Seen<Value> | undefined;
  /** When it was said for the first time. */
  readonly since: (id: string) => Date | undefined;
  readonly entries: () => IterableIterator<[string, Seen<Value>]>;
  readonly size: () => number;
  /** Null: it is gone. */
  take(id: string, value: Value | null, at: Date): Taken;
};

/** `onChange` hears the value before and after, so that indexes stay in step. */
export function createKeptFacts<Value extends JsonValue>(
  onChange: (id: string, before: Value | undefined, after: Value | undefined) => void = () => undefined,
): KeptFacts<Value> {
  const kept = new Map<string, { readonly seen: Seen<Value>; readonly text: string; readonly since: Date }>();
  /** When it was said to be gone: an older row that arrives later must not bring it back. */
  const gone = new Map<string, number>();
  return {
    get: (id) => kept.get(id)?.seen,
    since: (id) => kept.get(id)?.since,
    *entries() {
      for (const [id, { seen }] of kept) yield [id, seen];
    },
    size: () => kept.size,
    take(id, value, at) {
      const known = kept.get(id);
      if (known !== undefined && at < known.seen.at) return "older";
      if (value === null) {
        gone.set(id, at.getTime());
        if (gone.size > MOST_GONE) gone.delete([...gone.keys()][0] ?? id);
        if (known === undefined) return "aged";
        kept.delete(id);
        onChange(id, known.seen.value, undefined);
        return "changed";
      }
      if (at.getTime() < (gone.get(id) ?? 0)) return "older";
      gone.delete(id);
      const text = canonicalJson(value);
      if (known?.text === text) {
        kept.set(id, { ...known, seen: { value: known.seen.value, at } });
        return at > known.seen.at ? "aged" : "older";
      }
      kept.set(id, { seen: { value, at }, text, since: known?.since ?? at });
      onChange(id, known?.seen.value, value);
      return "changed";
    },
  };
}

/** A set per key, empty sets dropped. */
export function createIndex(): {
  readonly of: (key: string) => ReadonlySet<string>;
  readonly add: (key: string, id: string) => void;
  readonly remove: (key: string, id: string) => void;
} {
  const none: ReadonlySet<string> = new Set();
  const sets = new Map<string, Set<string>>();
  return {
    of: (key) => sets.get(key) ?? none,
    add: (key, id) => {
      const set = sets.get(key);
      if (set === undefined) sets.set(key, new Set([id]));
      else set.add(id);
    },
    remove: (key, id) => {
      const set = sets.get(key);
      set?.delete(id);
      if (set?.size === 0) sets.delete(key);
    },
  };
}
