import type { TopologyGraph } from "../../../lib/domain/topology/topology-graph.ts";
import type { ShownTopology } from "./map-view.ts";

/** A view of a graph as the browser has it. */
export function shown({ nodes, edges }: TopologyGraph): ShownTopology {
  const say = <Item extends { readonly sentence: { readonly messageKey: string } }>(item: Item) => ({
    ...item,
    sentence: item.sentence.messageKey,
  });
  return {
    nodes: nodes.map((one) => ({
      ...say(one),
      note: one.note?.messageKey ?? null,
      findings: one.findings.map(({ messageKey }) => messageKey),
    })),
    edges: edges.map(say),
    sources: [],
    total: nodes.length,
    folded: {},
    choices: { teams: [], accounts: [], networks: [], unhealthy: 0 },
  };
}
