import { message } from "../message.ts";
import { allowedOverlaps } from "./allowed-overlaps.ts";
import { bareEdge } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";
import { byId, type TopologyGraph } from "./topology-graph.ts";
import { isTroubled, olderAt, worstGlyph } from "./topology-health.ts";
import type { NodeKind, TopologyEdge, TopologyNode } from "./topology-view.ts";

const PLACES: ReadonlySet<NodeKind> = new Set(["account", "vpc"]);

/**
 * Finishes the part of the graph that one reader may see: boxes are as well as what stands in them, a caller as well as its calls, a network
 * says how many use it; edges without an end go. From what she sees only, so that no count tells of the rest.
 */
export function settleGraph(nodes: readonly TopologyNode[], edges: readonly TopologyEdge[]): TopologyGraph {
  const ids = new Set(nodes.map(({ id }) => id));
  const held = nodes.map((node) => (node.parent === null || ids.has(node.parent) ? node : { ...node, parent: otherParent(node, ids) }));
  const whole = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const calls = groupBy(whole, (edge) => (edge.kind === "may-call" ? edge.from : null));
  const users = groupBy(whole, (edge) => (edge.kind === "associated-with" ? edge.to : null));
  const kinds = new Map(held.map(({ id, kind }) => [id, kind]));
  const leaves = held.map((node) => {
    if (node.kind === "consumer") return caller(node, calls.get(node.id) ?? []);
    return node.kind === "network" ? usedNetwork(node, users.get(node.id) ?? [], kinds) : node;
  });
  const inside = contentsOf(leaves);
  const overlaps = allowedOverlaps(leaves);
  const settled = leaves.map((node) => {
    if (!PLACES.has(node.kind)) return node;
    const others = overlaps.get(node.id);
    const said = place(node, inside.get(node.id) ?? []);
    return others === undefined ? said : { ...said, facts: [...said.facts, { key: "overlapsAllowed" as const, value: others }] };
  });
  return { nodes: settled.sort(byId), edges: [...whole, ...settled.flatMap(runsIn)].sort(byId) };
}

/** A caller whose cluster is not to be seen still calls from its VPC. */
function otherParent({ kind, facts }: TopologyNode, ids: ReadonlySet<string>): string | null {
  const vpc = kind === "consumer" ? facts.find(({ key }) => key === "vpc")?.value : undefined;
  return vpc !== undefined && ids.has(nodeId.vpc(vpc)) ? nodeId.vpc(vpc) : null;
}

const RUNNING: ReadonlySet<NodeKind> = new Set(["cluster", "vpc", "kube-service", "consumer"]);

function runsIn({ id, kind, parent, team, at }: TopologyNode): readonly TopologyEdge[] {
  if (parent === null || !RUNNING.has(kind)) return [];
  return [bareEdge({ kind: "runs-in", from: id, to: parent, team, sentence: message("topology.edge.runsIn"), at })];
}

function caller(node: TopologyNode, calls: readonly TopologyEdge[]): TopologyNode {
  if (calls.length === 0) return node;
  const blocked = calls.filter(({ glyph }) => glyph === "failed").length;
  const unknown = calls.filter(({ glyph }) => glyph === "unknown").length;
  const key = blocked > 0 ? "blocked" : unknown > 0 ? "unknown" : "ok";
  return {
    ...node,
    glyph: worstGlyph(calls.map(({ glyph }) => glyph)) ?? "unknown",
    sentence: message(`topology.consumer.${key}`, { count: calls.length, blocked, unknown }),
    at: calls.reduce<string | null>((at, edge) => olderAt(at, edge.at), calls[0]?.at ?? null),
  };
}

function usedNetwork(node: TopologyNode, users: readonly TopologyEdge[], kinds: ReadonlyMap<string, NodeKind>): TopologyNode {
  const vpcs = users.filter(({ from }) => kinds.get(from) === "vpc").length;
  return { ...node, note: message("topology.note.network", { services: users.length - vpcs, vpcs }) };
}

/** What stands in a box, however deep. */
function contentsOf(nodes: readonly TopologyNode[]): ReadonlyMap<string, readonly TopologyNode[]> {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  const found = new Map<string, TopologyNode[]>();
  for (const node of nodes) {
    if (PLACES.has(node.kind)) continue;
    const seen = new Set<string>();
    for (let at = node.parent; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
      seen.add(at);
      const list = found.get(at);
      if (list === undefined) found.set(at, [node]);
      else list.push(node);
    }
  }
  return found;
}

function place(node: TopologyNode, inside: readonly TopologyNode[]): TopologyNode {
  if (inside.length === 0) return node;
  const ill = inside.filter(isTroubled).length;
  return {
    ...node,
    glyph: worstGlyph(inside.map(({ glyph }) => glyph)) ?? "unknown",
    sentence: message(ill === 0 ? "topology.place.well" : "topology.place.ill", { count: inside.length, ill }),
    at: inside.reduce<string | null>((at, one) => (one.at === null ? at : olderAt(at ?? one.at, one.at)), null),
  };
}

function groupBy(
  edges: readonly TopologyEdge[],
  keyOf: (edge: TopologyEdge) => string | null,
): ReadonlyMap<string, readonly TopologyEdge[]> {
  const found = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    const key = keyOf(edge);
    if (key === null) continue;
    const list = found.get(key);
    if (list === undefined) found.set(key, [edge]);
    else list.push(edge);
  }
  return found;
}
