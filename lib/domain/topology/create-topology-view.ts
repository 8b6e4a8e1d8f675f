import { filterGraph } from "./filter-graph.ts";
import { foldGraph } from "./fold-graph.ts";
import { neighbourhood } from "./neighbourhood.ts";
import { byId, type TopologyGraph } from "./topology-graph.ts";
import { isTroubled } from "./topology-health.ts";
import type { NodeKind, TopologyInput, TopologyNode, TopologySource, TopologyView } from "./topology-view.ts";

/** Two steps lead from a route to what it calls and to who calls it, and from a cluster to the callers of what it serves. */
const USUAL_DEPTH = 2;
/** Boxes are as ill as what stands in them: counting them too would say everything twice. */
const COUNTED: ReadonlySet<NodeKind> = new Set([
  "cluster",
  "kube-service",
  "route",
  "lattice-service",
  "network",
  "target-group",
  "consumer",
]);

/** The map under one filter, of the graph that one reader may see. `sources` are those she may see. */
export function createTopologyView(graph: TopologyGraph, input: TopologyInput, sources: readonly TopologySource[]): TopologyView {
  const matching = narrowGraph(graph, input);
  const { nodes, edges, folded } = foldGraph(matching, { expand: input.expand ?? [], collapse: input.collapse ?? [] });
  return {
    nodes: [...nodes],
    edges: [...edges],
    sources: [...sources].sort(byId),
    total: matching.nodes.length,
    folded,
    choices: choicesOf(graph),
  };
}

/** Focus and filter alone. */
export function narrowGraph(graph: TopologyGraph, input: TopologyInput): TopologyGraph {
  const near = input.focus === undefined ? graph : neighbourhood(graph, input.focus, input.depth ?? USUAL_DEPTH);
  return filterGraph(near, input);
}

function choicesOf({ nodes }: TopologyGraph): TopologyView["choices"] {
  const named = (kind: NodeKind, idOf: (node: TopologyNode) => string) =>
    [...new Map(nodes.flatMap((node) => (node.kind === kind ? [[idOf(node), node.name] as const] : [])))]
      .map(([id, name]) => ({ id, name }))
      .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  return {
    teams: [...new Set(nodes.flatMap(({ team }) => team ?? []))].sort(),
    accounts: named("account", ({ account, name }) => account ?? name),
    networks: named("network", ({ name }) => name),
    unhealthy: nodes.filter((node) => COUNTED.has(node.kind) && isTroubled(node)).length,
  };
}
