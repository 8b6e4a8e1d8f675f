import type { Localized } from "../../../lib/domain/message.ts";
import type { TopologyEdge, TopologyNode, TopologySource, TopologyView } from "../../../lib/domain/topology/topology-view.ts";

/** The map as the browser has it: every sentence in the reader's language. */
export type ShownTopology = Localized<TopologyView>;
export type ShownNode = Localized<TopologyNode>;
export type ShownEdge = Localized<TopologyEdge>;
export type ShownSource = Localized<TopologySource>;

/** What the layout looks at. */
export type MapGraph = {
  readonly nodes: readonly Pick<ShownNode, "id" | "kind" | "parent" | "account">[];
  readonly edges: readonly Pick<ShownEdge, "id" | "kind" | "from" | "to" | "glyph" | "weight">[];
};

export function graphOf({ nodes, edges }: ShownTopology): MapGraph {
  return {
    nodes: nodes.map(({ id, kind, parent, account }) => ({ id, kind, parent, account })),
    edges: edges.map(({ id, kind, from, to, glyph, weight }) => ({ id, kind, from, to, glyph, weight })),
  };
}

/** Would the map of both be the same, but for words and ages? */
export function isSameShape(one: ShownTopology, other: ShownTopology): boolean {
  if (one.nodes === other.nodes && one.edges === other.edges) return true;
  const isNodeSame = (node: ShownNode, next: ShownNode | undefined) =>
    node === next || (node.id === next?.id && node.parent === next.parent && node.account === next.account);
  const isEdgeSame = (edge: ShownEdge, next: ShownEdge | undefined) =>
    edge === next || (edge.id === next?.id && edge.glyph === next.glyph && edge.weight === next.weight);
  return (
    one.nodes.length === other.nodes.length &&
    one.edges.length === other.edges.length &&
    one.nodes.every((node, at) => isNodeSame(node, other.nodes[at])) &&
    one.edges.every((edge, at) => isEdgeSame(edge, other.edges[at]))
  );
}
