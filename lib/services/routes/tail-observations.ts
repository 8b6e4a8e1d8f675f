import type { Fact } from "../../read-models/routes/fact-store.ts";
import type { Context } from "../context.ts";

const BATCH = 1_000;
/** Rows are committed out of the order of their numbers: now and then the last ones are read once more. Facts bear repetition. */
const OVERLAP = 500n;
const OVERLAP_EVERY_MS = 10_000;
const SHARE_EVERY_MS = 10_000;

/** Facts that other replicas, or this one before its last start, saved. */
export type ObservationTail = {
  /** Takes everything that is new. */
  read(): Promise<void>;
  /** Tells the other replicas which services somebody waits for here. */
  share(): Promise<void>;
};

export function createObservationTail(ctx: Context): ObservationTail {
  let cursor = 0n;
  let overlappedAt = ctx.clock.now().getTime();
  let shared: { readonly text: string; readonly facts: readonly Fact[]; readonly at: number } = { text: "[]", facts: [], at: 0 };

  async function readFrom(seq: bigint): Promise<void> {
    let from = seq;
    while (true) {
      ctx.signal.throwIfAborted();
      const rows = await ctx.db.read.observations.since(from, BATCH);
      ctx.facts.take(rows);
      const last = rows.at(-1);
      if (last === undefined) return;
      from = last.seq;
      if (from > cursor) cursor = from;
      if (rows.length < BATCH) return;
    }
  }

  return {
    async read() {
      const now = ctx.clock.now().getTime();
      const isOverlap = now - overlappedAt >= OVERLAP_EVERY_MS;
      if (isOverlap) overlappedAt = now;
      await readFrom(isOverlap && cursor > OVERLAP ? cursor - OVERLAP : cursor);
    },
    async share() {
      const facts = ctx.facts.attentionFacts();
      const text = JSON.stringify(facts.map(({ source, key, data }) => [source, key, data]));
      const now = ctx.clock.now();
      if (text === shared.text && (facts.length === 0 || now.getTime() - shared.at < SHARE_EVERY_MS)) return;
      const keys = new Set(facts.map(({ source, key }) => `${source} ${key}`));
      const ended = shared.facts
        .filter(({ source, key }) => !keys.has(`${source} ${key}`))
        .map((fact) => ({ ...fact, data: null, at: now }));
      const bySource = Map.groupBy([...facts, ...ended], ({ source }) => source);
      for (const [source, rows] of bySource) await ctx.db.read.observations.save(source, rows);
      shared = { text, facts, at: now.getTime() };
    },
  };
}
