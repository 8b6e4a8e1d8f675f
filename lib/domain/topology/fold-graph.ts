import { foldEdges } from "./fold-edges.ts";
import { foldTargets } from "./fold-targets.ts";
import type { TopologyGraph } from "./topology-graph.ts";
import { countGlyphs, isKnownTroubled, isTroubled } from "./topology-health.ts";
import { type GlyphCounts, MAX_VISIBLE_NODES, type NodeKind, type TopologyNode } from "./topology-view.ts";

export type FoldOptions = {
  readonly max?: number;
  /** Ids of nodes whose parts are drawn as long as there is room. */
  readonly expand?: readonly string[];
  /** Ids of nodes that are drawn closed. */
  readonly collapse?: readonly string[];
};

export type FoldedGraph = TopologyGraph & { readonly folded: GlyphCounts };

/** What is folded first. The first two go as a whole: a map on which only some clusters show their parts cannot be read. */
const STAGES: readonly { readonly kinds: readonly NodeKind[]; readonly whole: boolean }[] = [
  { kinds: ["kube-service", "target-group"], whole: true },
  { kinds: ["consumer"], whole: true },
  { kinds: ["route", "lattice-service"], whole: false },
  { kinds: ["cluster"], whole: false },
  { kinds: ["vpc"], whole: false },
  { kinds: ["network"], whole: false },
];

/**
 * At most `max` nodes (500): healthy things are folded into what stands for them, least telling first. What is not healthy, both ends of a
 * link that does not carry, and all that these are drawn in are not folded, however many they are, whatever is asked to be closed. One exception:
 * where that is not enough, what nobody knows anything of (a portal that has not read a large fleet yet) is folded too, and counted as unknown.
 */
export function foldGraph(graph: TopologyGraph, options: FoldOptions = {}): FoldedGraph {
  const folding = createFolding(graph);
  const max = options.max ?? MAX_VISIBLE_NODES;
  const open = new Set(options.expand);
  for (const id of options.collapse ?? []) for (const part of folding.partsOf(id)) folding.fold(part);
  foldAll(folding, max, open);
  if (folding.drawn() > max) {
    folding.hold(isKnownTroubled);
    foldAll(folding, max, open);
  }
  return folding.result();
}

function foldAll(folding: Folding, max: number, open: ReadonlySet<string>): void {
  if (folding.drawn() <= max) return;
  const isHeldOpen = (id: string) => open.has(folding.targetOf(id) ?? "") || folding.holdsOpen(id, open);
  for (const stage of STAGES) foldStage(folding, stage, { max, isHeldOpen });
  if (open.size > 0) for (const stage of STAGES) foldStage(folding, { ...stage, whole: false }, { max, isHeldOpen: () => false });
  for (const { id } of [...folding.nodes].reverse()) {
    if (folding.drawn() <= max) break;
    folding.fold(id);
  }
}

type Folding = ReturnType<typeof createFolding>;
type Held = typeof isTroubled;
type Limits = { readonly max: number; readonly isHeldOpen: (id: string) => boolean };

/** Folds by what stands for the nodes, the largest crowd first; of the last one only as many as must go. */
function foldStage(folding: Folding, { kinds, whole }: (typeof STAGES)[number], { max, isHeldOpen }: Limits): void {
  if (folding.drawn() <= max) return;
  const crowds = new Map<string, string[]>();
  for (const { id, kind } of folding.nodes) {
    const target = folding.targetOf(id);
    if (!kinds.includes(kind) || target === null || !folding.mayFold(id) || isHeldOpen(id)) continue;
    const crowd = crowds.get(target);
    if (crowd === undefined) crowds.set(target, [id]);
    else crowd.push(id);
  }
  const ordered = [...crowds].sort(([one, many], [other, few]) => few.length - many.length || (one < other ? -1 : 1));
  for (const [, crowd] of ordered) {
    for (const id of crowd.reverse()) {
      if (!whole && folding.drawn() <= max) return;
      folding.fold(id);
    }
  }
}

function createFolding(graph: TopologyGraph) {
  const targets = foldTargets(graph);
  const parts = new Map<string, string[]>();
  for (const [id, target] of targets) {
    if (target === null) continue;
    const list = parts.get(target);
    if (list === undefined) parts.set(target, [id]);
    else list.push(id);
  }
  let pinned = pinnedIn(graph, isTroubled);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const folded = new Set<string>();

  /** Healthy parts of what must stay are folded all the same. */
  function fold(id: string): void {
    const open = [id];
    const passed = new Set<string>();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (!byId.has(at) || folded.has(at) || passed.has(at)) continue;
      (pinned.has(at) ? passed : folded).add(at);
      open.push(...(parts.get(at) ?? []));
    }
  }

  /** The drawn node that stands for this one; null: none does. */
  function standIn(id: string): string | null {
    let at: string | null = id;
    for (let hops = 0; at !== null && folded.has(at) && hops < 8; hops += 1) at = targets.get(at) ?? null;
    return at !== null && byId.has(at) && !folded.has(at) ? at : null;
  }

  return {
    nodes: graph.nodes,
    targetOf: (id: string) => targets.get(id) ?? null,
    partsOf: (id: string) => parts.get(id) ?? [],
    mayFold: (id: string) => !pinned.has(id) && !folded.has(id),
    /** Is one of these, or a part of it, inside? */
    holdsOpen(id: string, open: ReadonlySet<string>): boolean {
      if (open.size === 0) return false;
      return open.has(id) || (parts.get(id) ?? []).some((part) => this.holdsOpen(part, open));
    },
    fold,
    /** From here on only these stay whatever happens. */
    hold(isHeld: Held): void {
      pinned = pinnedIn(graph, isHeld);
    },
    drawn: () => graph.nodes.length - folded.size,
    result(): FoldedGraph {
      if (folded.size === 0) return { nodes: graph.nodes, edges: graph.edges, folded: {} };
      const standing = new Map<string, TopologyNode[]>();
      for (const id of folded) {
        const node = byId.get(id);
        const holder = standIn(id);
        if (node === undefined || holder === null) continue;
        const list = standing.get(holder);
        if (list === undefined) standing.set(holder, [node]);
        else list.push(node);
      }
      const nodes = graph.nodes.flatMap((node) => (folded.has(node.id) ? [] : [drawn(node, standing.get(node.id), standIn)]));
      return { nodes, edges: foldEdges(graph.edges, standIn), folded: countGlyphs([...folded].flatMap((id) => byId.get(id)?.glyph ?? [])) };
    },
  };
}

function drawn(node: TopologyNode, inside: readonly TopologyNode[] | undefined, standIn: (id: string) => string | null): TopologyNode {
  const parent = node.parent === null ? null : standIn(node.parent);
  if (inside === undefined) return parent === node.parent ? node : { ...node, parent };
  return { ...node, parent, folded: { count: inside.length, byGlyph: countGlyphs(inside.map(({ glyph }) => glyph)) } };
}

/** Everything that is held, the ends of links that are, the networks of such routes, and the boxes around all that. */
function pinnedIn({ nodes, edges }: TopologyGraph, isHeld: Held): ReadonlySet<string> {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const pinned = new Set(nodes.filter(isHeld).map(({ id }) => id));
  for (const edge of edges) if (isHeld(edge)) pinned.add(edge.from).add(edge.to);
  for (const { kind, from, to } of edges)
    if (kind === "associated-with" && pinned.has(from) && nodeOf.get(from)?.kind !== "vpc") pinned.add(to);
  for (const id of pinned) {
    const parent = nodeOf.get(id)?.parent ?? null;
    if (parent !== null) pinned.add(parent);
  }
  return pinned;
}
