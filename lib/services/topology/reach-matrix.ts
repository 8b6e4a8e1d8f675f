import { message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { type Judged, judgeReach, oldestAt, outcomeKey, prepareReach, reachGlyph } from "../../domain/topology/reach.ts";
import { reachCallOf } from "../../domain/topology/reach-call.ts";
import { ReachMatrix, ReachMatrixQuery } from "../../domain/topology/reach-view.ts";
import { query } from "../query.ts";
import { readNetworking } from "../routes/read-networking.ts";
import { clusterCaller, usableNetworks, visibleClusters } from "./reach-callers.ts";
import { type ReachReads, reachServices } from "./reach-services.ts";

/** Every cluster against every service of a network, each with the call that the service's first rule takes; of those the actor may see. `NOT_FOUND` for a network that is absent or not hers to see. */
export const reachMatrix = query({
  name: "reach.matrix",
  input: ReachMatrixQuery,
  output: ReachMatrix,
  permission: "reach.read",
  scope: async () => ({ type: "installation" }),
  run: async ({ network }, ctx) => buildMatrix({ ...ctx, networking: await readNetworking(ctx.db.read) }, network),
});

export function buildMatrix(reads: ReachReads, network: string): ReachMatrix {
  const now = reads.clock.now();
  const services = reachServices(reads).filter(({ facts }) => facts.service.networks.includes(network));
  const isUsable = usableNetworks(reads).some((one) => one.network.name === network);
  if (!isUsable && services.length === 0) throw new PortalError("NOT_FOUND", "notFound");
  const columns = services.map(({ facts }) => prepareReach(facts, reachCallOf({}, facts), now));
  const callers = visibleClusters(reads).map((cluster) => clusterCaller(reads, cluster));
  const outcomes = new Map<string, { readonly index: number; readonly outcome: ReachMatrix["outcomes"][number] }>();
  let at: string | null = null;
  const cells = callers.map((from) =>
    columns.map((prepared) => {
      const judged = judgeReach(prepared, from);
      const seen = oldestAt(judged.layers);
      if (seen !== null && (at === null || seen < at)) at = seen;
      const key = outcomeKey(judged);
      const known = outcomes.get(key) ?? { index: outcomes.size, outcome: toOutcome(judged) };
      outcomes.set(key, known);
      return known.index;
    }),
  );
  return {
    network,
    callers: callers.map(({ view }) => view),
    services: services.map(({ facts }) => facts.service),
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
