import { message } from "../message.ts";
import { type Judged, judgeReach, oldestAt, prepareReach, reachGlyph } from "./reach.ts";
import { reachCallOf } from "./reach-call.ts";
import type { ReachFacts, ReachFrom } from "./reach-facts.ts";
import type { ReachMatrix } from "./reach-view.ts";

type Asked = { readonly callers: readonly ReachFrom[]; readonly services: readonly ReachFacts[]; readonly now: Date };

/** Every caller against every service, each with the call that the service's first rule takes. What does not depend on the caller is worked out once a column. */
export function reachGrid(network: string, { callers, services, now }: Asked): ReachMatrix {
  const columns = services.map((facts) => prepareReach(facts, reachCallOf({}, facts), now));
  const outcomes = new Map<string, { readonly index: number; readonly outcome: ReachMatrix["outcomes"][number] }>();
  let at: string | null = null;
  const cells = callers.map((from) =>
    columns.map((prepared) => {
      const judged = judgeReach(prepared, from);
      const seen = oldestAt(judged.layers);
      if (seen !== null && (at === null || seen < at)) at = seen;
      const key = `${judged.verdict} ${judged.decisive?.id ?? ""}`;
      const known = outcomes.get(key) ?? { index: outcomes.size, outcome: toOutcome(judged) };
      outcomes.set(key, known);
      return known.index;
    }),
  );
  return {
    network,
    callers: callers.map(({ view }) => view),
    services: services.map(({ service }) => service),
    outcomes: [...outcomes.values()].map(({ outcome }) => outcome),
    cells,
    at,
  };
}

function toOutcome({ verdict, decisive }: Judged): ReachMatrix["outcomes"][number] {
  return {
    verdict,
    layer: decisive?.id ?? null,
    glyph: reachGlyph(verdict),
    words: message(`reach.outcome.${verdict}`, { layer: decisive?.label ?? "" }),
  };
}
