import { type GraphEdge, type GraphNode, linksOf, subgraph, type TopologyGraph } from "./topology-graph.ts";
import type { EdgeKind, NodeKind } from "./topology-view.ts";

/** Containment is drawn as boxes, not as steps. */
const STEPS: readonly EdgeKind[] = ["exports", "routes-to", "associated-with", "may-call", "shared-with"];
/** They only join a route to its clusters: passing through costs nothing. */
const JOINTS: ReadonlySet<NodeKind> = new Set(["kube-service", "target-group"]);
/** Everybody meets there: what else hangs on it is no neighbourhood. */
const HUBS: ReadonlySet<NodeKind> = new Set(["network", "account", "management-cluster"]);
const CONTAINERS: ReadonlySet<NodeKind> = new Set(["account", "vpc", "cluster", "management-cluster"]);

/** A node with what is at most `depth` steps away, and the boxes these are drawn in. Empty when it is not there. */
export function neighbourhood<Node extends GraphNode, Edge extends GraphEdge>(
  graph: TopologyGraph<Node, Edge>,
  id: string,
  depth: number,
): TopologyGraph<Node, Edge> {
  const links = linksOf(graph);
  if (links.node(id) === undefined) return { nodes: [], edges: [] };
  const far = new Map([[id, 0]]);
  // Nearest first, so that each node is passed with its least distance.
  const open: string[][] = [[id]];
  for (let distance = 0; distance <= depth; distance += 1) {
    const level = (open[distance] ??= []);
    for (let at = level.pop(); at !== undefined; at = level.pop()) {
      if ((far.get(at) ?? 0) < distance) continue;
      for (const next of nextTo(graph, at, id)) {
        const kind = links.node(next)?.kind;
        if (kind === undefined) continue;
        const cost = distance + (JOINTS.has(kind) ? 0 : 1);
        if (cost > depth || (far.get(next) ?? Number.POSITIVE_INFINITY) <= cost) continue;
        far.set(next, cost);
        (open[cost] ??= []).push(next);
      }
    }
  }
  const found = new Set(far.keys());
  for (const one of far.keys()) for (const outer of links.ancestors(one)) found.add(outer.id);
  return subgraph(graph, found);
}

function nextTo(graph: TopologyGraph<GraphNode, GraphEdge>, at: string, start: string): readonly string[] {
  const links = linksOf(graph);
  const kind = links.node(at)?.kind ?? "consumer";
  if (at !== start && HUBS.has(kind)) return [];
  const joined = STEPS.flatMap((step) => [...links.out(at, step).map(({ to }) => to), ...links.into(at, step).map(({ from }) => from)]);
  const owned = at === start ? links.out(at, "owns").map(({ to }) => to) : [];
  const inside = CONTAINERS.has(kind) ? links.children(at).map((child) => child.id) : [];
  // From a part one comes to the cluster that holds it, and from a consumer to where it runs; boxes around those are only drawn.
  const holder = links.node(at)?.parent ?? null;
  const outward = holder !== null && (kind === "kube-service" || kind === "consumer") ? [holder] : [];
  return [...joined, ...owned, ...inside, ...outward];
}
