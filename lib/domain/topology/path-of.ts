import { type GraphEdge, type GraphNode, linksOf, type TopologyGraph } from "./topology-graph.ts";
import type { NodeKind } from "./topology-view.ts";

type Graph = TopologyGraph<GraphNode, GraphEdge>;

export type TopologyPath = { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> };

/** Boxes are entered from both sides: calls leave the consumers in them and arrive at what is served from them. */
const BOXES: ReadonlySet<NodeKind> = new Set(["account", "vpc", "cluster", "management-cluster"]);

/**
 * The way of calls through a node: consumers → routes → target groups → kubeServices → clusters, with the networks between and the boxes
 * around. Where parts are folded the way leads over the nodes that stand for them. Empty for a node that is not there.
 */
export function pathOf(graph: Graph, id: string): TopologyPath {
  const links = linksOf(graph);
  const nodes = new Set<string>();
  const edges = new Set<string>();
  if (links.node(id) === undefined) return { nodes, edges };

  const kindOf = (at: string) => links.node(at)?.kind;
  /** Along a call: from who calls to what answers. */
  const onward = (at: string): readonly GraphEdge[] => [
    ...links.out(at, "may-call"),
    ...links.out(at, "routes-to"),
    ...(kindOf(at) === "target-group" ? links.into(at, "exports") : []),
  ];
  const backward = (at: string): readonly GraphEdge[] => [
    ...links.into(at, "may-call"),
    ...links.into(at, "routes-to"),
    ...(kindOf(at) === "kube-service" ? links.out(at, "exports") : []),
  ];

  function walk(starts: readonly string[], next: (at: string) => readonly GraphEdge[]): void {
    const seen = new Set(starts);
    const open = [...starts];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      nodes.add(at);
      for (const edge of next(at)) {
        edges.add(edge.id);
        const to = edge.from === at ? edge.to : edge.from;
        if (seen.has(to)) continue;
        seen.add(to);
        nodes.add(to);
        // A call ends in a cluster: what its own consumers call is another way.
        if (!BOXES.has(kindOf(to) ?? "consumer")) open.push(to);
      }
    }
  }

  const inside = insideOf(graph, id);
  const start = kindOf(id) === "network" ? publishedIn(graph, id) : [...inside];
  walk(start, onward);
  walk(start, backward);
  nodes.add(id);
  // Of a box only what calls or is called belongs to a way.
  if (BOXES.has(kindOf(id) ?? "consumer")) for (const one of inside) if (one !== id && !touches(graph, one, edges)) nodes.delete(one);
  addSurroundings(graph, nodes, edges);
  return { nodes, edges };
}

function insideOf(graph: Graph, id: string): ReadonlySet<string> {
  const links = linksOf(graph);
  const found = new Set([id]);
  for (const at of found) for (const child of links.children(at)) if (child.kind !== "network") found.add(child.id);
  return found;
}

function publishedIn(graph: Graph, network: string): readonly string[] {
  const links = linksOf(graph);
  const users = links.into(network, "associated-with").flatMap(({ from }) => {
    const kind = links.node(from)?.kind;
    return kind === "route" || kind === "lattice-service" ? [from] : [];
  });
  return [network, ...users];
}

function touches(graph: Graph, id: string, edges: ReadonlySet<string>): boolean {
  const links = linksOf(graph);
  const isOn = (edge: GraphEdge) => edges.has(edge.id);
  return links.out(id).some(isOn) || links.into(id).some(isOn) || links.children(id).some((child) => touches(graph, child.id, edges));
}

/** The boxes around what is on the way, the networks of its routes, and how a caller's VPC is joined to them. */
function addSurroundings(graph: Graph, nodes: Set<string>, edges: Set<string>): void {
  const links = linksOf(graph);
  for (const id of [...nodes]) {
    for (const edge of links.out(id, "associated-with")) {
      const kind = links.node(id)?.kind;
      if (kind !== "route" && kind !== "lattice-service") continue;
      nodes.add(edge.to);
      edges.add(edge.id);
    }
  }
  for (const id of [...nodes]) {
    let inner = id;
    for (const outer of links.ancestors(id)) {
      nodes.add(outer.id);
      for (const edge of links.out(inner, "runs-in")) if (edge.to === outer.id) edges.add(edge.id);
      inner = outer.id;
    }
  }
  const callers = new Set([...edges].flatMap((edge) => (edge.startsWith("may-call:") ? [edge] : [])));
  for (const { id, kind, from } of graph.edges) {
    if (kind !== "may-call" || !callers.has(id)) continue;
    for (const place of [from, ...links.ancestors(from).map((outer) => outer.id)])
      for (const edge of links.out(place, "associated-with")) if (nodes.has(edge.to) && nodes.has(place)) edges.add(edge.id);
  }
}
