import type { Context } from "../context.ts";
import type { FoundFact } from "./read-lattice.ts";

/** Hands facts to this process at once and to the other replicas through the database. */
export type FactKeeper = { keep(found: readonly FoundFact[], at: Date): Promise<void> };

/** What the database could not take is offered again with the next facts: another replica must not miss it for ever. */
export function createFactKeeper(ctx: Context, source: string): FactKeeper {
  const unsaved = new Map<string, { readonly key: string; readonly data: FoundFact["data"]; readonly at: Date }>();
  return {
    async keep(found, at) {
      const facts = found.map(({ key, data }) => ({ source, key, data, at }));
      const news = new Set(ctx.facts.take(facts).map(({ key }) => key));
      for (const { key, data, isWhole } of found) if (isWhole || news.has(key)) unsaved.set(key, { key, data, at });
      const rows = [...unsaved.values()];
      if (rows.length === 0) return;
      try {
        await ctx.db.read.observations.save(source, rows);
        for (const row of rows) if (unsaved.get(row.key) === row) unsaved.delete(row.key);
      } catch (error) {
        ctx.log.warn("lattice.notSaved", { source, rows: rows.length, error });
      }
    },
  };
}
