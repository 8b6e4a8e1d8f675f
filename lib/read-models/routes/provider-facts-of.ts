import type { ObservedExport, ObservedProvider } from "../../domain/routes/observed-route.ts";
import { ExportFact, ProviderLookFact } from "../../domain/routes/provider-facts.ts";
import type { Fact } from "./fact-store.ts";
import { createKeptFacts, type Taken } from "./kept-facts.ts";

const LOOK = "look";

/** One provider cluster: its exports, and when somebody last looked. Null from `take`: the fact is malformed. */
export function createProviderFacts(cluster: string) {
  const exports = createKeptFacts<ExportFact>();
  const look = createKeptFacts<ProviderLookFact>();
  let built: ObservedProvider | null = null;

  function take({ key, data, at }: Fact): Taken | null {
    if (key === LOOK) {
      const parsed = ProviderLookFact.nullable().safeParse(data);
      if (!parsed.success) return null;
      built = null;
      const before = look.get(LOOK)?.value;
      const taken = look.take(LOOK, parsed.data, at);
      // A look that only says "I was here again" makes nothing else true.
      return taken === "changed" && before !== undefined && before.error === parsed.data?.error ? "aged" : taken;
    }
    const parsed = ExportFact.nullable().safeParse(data);
    if (!parsed.success) return null;
    built = null;
    return exports.take(key, parsed.data, at);
  }

  function observe(): ObservedProvider {
    const said = look.get(LOOK);
    const freshAt = said?.value.freshAt == null ? null : new Date(said.value.freshAt);
    return {
      cluster,
      freshAt,
      error: said?.value.error ?? null,
      exports: [...exports.entries()].map(([, { value, at }]) => toExport(cluster, value, freshAt !== null && freshAt > at ? freshAt : at)),
    };
  }

  return {
    take,
    observed: (): ObservedProvider => {
      built ??= observe();
      return built;
    },
  };
}

function toExport(cluster: string, { createdAt: _, deletingSince, ...fact }: ExportFact, observedAt: Date): ObservedExport {
  return { ...fact, cluster, deletingSince: deletingSince === null ? null : new Date(deletingSince), observedAt };
}
