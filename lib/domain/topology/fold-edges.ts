import { message } from "../message.ts";
import { byId, edgeId } from "./topology-graph.ts";
import { olderAt, worstGlyph } from "./topology-health.ts";
import type { EdgeKind, TopologyEdge } from "./topology-view.ts";

/** Between stand-ins these say nothing: a box shows what runs in it. */
const UNFOLDED_ONLY: ReadonlySet<EdgeKind> = new Set(["owns", "runs-in", "exports"]);

/** Edges between the nodes that are drawn; `standIn` is null for what is not drawn at all. Links that now join the same two become one. */
export function foldEdges(edges: readonly TopologyEdge[], standIn: (id: string) => string | null): TopologyEdge[] {
  const found = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    const from = standIn(edge.from);
    const to = standIn(edge.to);
    if (from === null || to === null || from === to) continue;
    const isWhole = from === edge.from && to === edge.to;
    if (!isWhole && UNFOLDED_ONLY.has(edge.kind)) continue;
    const id = isWhole ? edge.id : edgeId(edge.kind, from, to);
    const lifted = isWhole ? edge : { ...edge, id, from, to };
    const list = found.get(id);
    if (list === undefined) found.set(id, [lifted]);
    else list.push(lifted);
  }
  return [...found.values()].map(joined).sort(byId);
}

function joined(edges: readonly TopologyEdge[]): TopologyEdge {
  const [first, ...others] = edges;
  if (first === undefined) throw new Error("a link of no links");
  if (others.length === 0) return first;
  return {
    ...first,
    team: others.every(({ team }) => team === first.team) ? first.team : null,
    glyph: worstGlyph(edges.map(({ glyph }) => glyph)) ?? first.glyph,
    weight: sumOf(edges),
    sentence: message("topology.edge.several", { count: edges.length }),
    at: others.reduce((at, edge) => olderAt(at, edge.at), first.at),
  };
}

/** Shares of one rule add up; more than everything means several rules, of which no one share is true. */
function sumOf(edges: readonly TopologyEdge[]): number | null {
  if (edges.some(({ weight }) => weight === null)) return null;
  const sum = edges.reduce((total, { weight }) => total + (weight ?? 0), 0);
  return sum > 100.5 ? null : Math.min(100, Math.round(sum * 10) / 10);
}
