import { linksOf, subgraph, type TopologyGraph } from "./topology-graph.ts";
import { isTroubled } from "./topology-health.ts";
import type { NodeKind, TopologyInput, TopologyNode } from "./topology-view.ts";

export type GraphFilter = Pick<TopologyInput, "team" | "account" | "network" | "q" | "health">;

const SERVICES: ReadonlySet<NodeKind> = new Set(["route", "lattice-service"]);

/**
 * What matches every word of the filter, with what it is drawn in. A route comes with its network and, unless only the unhealthy are asked
 * for, with what serves and calls it: a link into nothing says nothing.
 */
export function filterGraph(graph: TopologyGraph, filter: GraphFilter): TopologyGraph {
  const { team, account, network, q, health } = filter;
  if (team === undefined && account === undefined && network === undefined && health === undefined && (q ?? "") === "") return graph;
  const inNetwork = network === undefined ? null : joinedTo(graph, network);
  const ill = health === undefined ? null : troubled(graph);
  const words = (q ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const hits = graph.nodes.filter(
    (node) =>
      (team === undefined || node.team === team) &&
      (account === undefined || node.account === account) &&
      (inNetwork === null || inNetwork.has(node.id)) &&
      (ill === null || ill.has(node.id)) &&
      hasWords(node, words),
  );
  const found = new Set(hits.map(({ id }) => id));
  for (const { id } of hits) addDrawn(graph, id, found, ill === null);
  for (const id of [...found]) for (const outer of linksOf(graph).ancestors(id)) found.add(outer.id);
  return subgraph(graph, found);
}

/** Troubled nodes, and both ends of a link that does not carry. */
function troubled({ nodes, edges }: TopologyGraph): ReadonlySet<string> {
  const found = new Set(nodes.filter(isTroubled).map(({ id }) => id));
  for (const edge of edges) if (isTroubled(edge)) found.add(edge.from).add(edge.to);
  return found;
}

/** The network of that name, what is associated with it, and what serves and calls that. */
function joinedTo(graph: TopologyGraph, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { id, kind, name: own } of graph.nodes) {
    if (kind !== "network" || own !== name) continue;
    found.add(id);
    for (const { from } of linksOf(graph).into(id, "associated-with")) {
      found.add(from);
      addDrawn(graph, from, found, true);
    }
  }
  return found;
}

function addDrawn(graph: TopologyGraph, id: string, found: Set<string>, withTraffic: boolean): void {
  const links = linksOf(graph);
  if (!SERVICES.has(links.node(id)?.kind ?? "consumer")) return;
  for (const { to } of links.out(id, "associated-with")) found.add(to);
  if (!withTraffic) return;
  for (const { from } of links.into(id, "may-call")) found.add(from);
  for (const { to } of links.out(id, "routes-to")) {
    found.add(to);
    for (const { from } of links.into(to, "exports")) found.add(from);
  }
}

function hasWords({ id, name, team, account, ref, facts }: TopologyNode, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [id, name, team, account, ref?.namespace, ...facts.map(({ value }) => value)].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}
