import type { GraphPart, NodeDraft } from "./graph-part.ts";
import { type Contribution, mergeDrafts } from "./merge-drafts.ts";
import { byId } from "./topology-graph.ts";
import type { TopologyEdge } from "./topology-view.ts";

/** All that is known, whoever may see it: nodes with what decides that, and edges whose ends are both there. Sorted by id. */
export type WholeGraph = { readonly drafts: readonly NodeDraft[]; readonly edges: readonly TopologyEdge[] };

/** The graph of these parts, from scratch: what the incremental index must equal whatever the order of events. */
export function assembleGraph(parts: ReadonlyMap<string, GraphPart>): WholeGraph {
  const contributions = new Map<string, Contribution[]>();
  const edges = new Map<string, { readonly part: string; readonly edge: TopologyEdge }>();
  for (const [part, { nodes, edges: own }] of parts) {
    for (const draft of nodes) {
      const list = contributions.get(draft.node.id);
      if (list === undefined) contributions.set(draft.node.id, [{ part, draft }]);
      else list.push({ part, draft });
    }
    for (const edge of own) {
      const known = edges.get(edge.id);
      if (known === undefined || part < known.part) edges.set(edge.id, { part, edge });
    }
  }
  const drafts = [...contributions.values()].flatMap((list) => mergeDrafts(list) ?? []);
  return {
    drafts: drafts.sort((one, other) => byId(one.node, other.node)),
    edges: [...edges.values()].flatMap(({ edge }) => (contributions.has(edge.from) && contributions.has(edge.to) ? [edge] : [])).sort(byId),
  };
}
