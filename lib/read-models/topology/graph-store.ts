import type { WholeGraph } from "../../domain/topology/assemble-graph.ts";
import { type GraphPart, NO_PART, type NodeDraft } from "../../domain/topology/graph-part.ts";
import { mergeDrafts } from "../../domain/topology/merge-drafts.ts";
import type { TopologyEdge } from "../../domain/topology/topology-view.ts";

/** What setting a part did: something became another thing, only ages moved, or nothing at all. */
export type SetResult = "changed" | "aged" | "same";

export type GraphStore = ReturnType<typeof createGraphStore>;

/**
 * Parts laid together into one graph. Setting a part merges again only the nodes it speaks of; what the graph is depends on the parts alone,
 * never on their order (`assembleGraph` is the same from scratch).
 */
export function createGraphStore() {
  const parts = new Map<string, GraphPart>();
  const said = new Map<string, Map<string, NodeDraft>>();
  const drafts = new Map<string, NodeDraft>();
  const edges = new Map<string, Map<string, TopologyEdge>>();
  let nodeIds: readonly string[] = [];
  let edgeIds: readonly string[] = [];
  let isSorted = true;
  let whole: WholeGraph | null = null;

  function setNodes(part: string, before: GraphPart, after: GraphPart): void {
    const now = new Map(after.nodes.map((draft) => [draft.node.id, draft]));
    for (const { node } of before.nodes) if (!now.has(node.id)) said.get(node.id)?.delete(part);
    for (const [id, draft] of now) within(said, id).set(part, draft);
    for (const id of new Set([...now.keys(), ...before.nodes.map(({ node }) => node.id)])) merge(id);
  }

  function merge(id: string): void {
    const contributions = [...(said.get(id) ?? [])].map(([part, draft]) => ({ part, draft }));
    const merged = mergeDrafts(contributions);
    if (merged === null) {
      said.delete(id);
      if (drafts.delete(id)) isSorted = false;
      return;
    }
    if (!drafts.has(id)) isSorted = false;
    drafts.set(id, merged);
  }

  function setEdges(part: string, before: GraphPart, after: GraphPart): void {
    const now = new Map(after.edges.map((edge) => [edge.id, edge]));
    for (const { id } of before.edges) {
      if (now.has(id)) continue;
      const own = edges.get(id);
      own?.delete(part);
      if (own?.size === 0 && edges.delete(id)) isSorted = false;
    }
    for (const [id, edge] of now) {
      if (!edges.has(id)) isSorted = false;
      within(edges, id).set(part, edge);
    }
  }

  return {
    has: (part: string) => parts.has(part),
    parts: () => parts.keys(),
    due: (part: string): Date | null => parts.get(part)?.due ?? null,
    /** An empty part is none. */
    set(part: string, after: GraphPart): SetResult {
      const before = parts.get(part) ?? NO_PART;
      const result = compare(before, after);
      const isEmpty = after.nodes.length === 0 && after.edges.length === 0 && after.due === null;
      if (isEmpty) parts.delete(part);
      else parts.set(part, after);
      if (result === "same") return result;
      setNodes(part, before, after);
      setEdges(part, before, after);
      whole = null;
      return result;
    },
    graph(): WholeGraph {
      if (!isSorted) {
        // What stands already stands in order: sorting again costs little more than a walk.
        nodeIds = [...nodeIds.filter((id) => drafts.has(id)), ...newOf(drafts, nodeIds)].sort();
        edgeIds = [...edgeIds.filter((id) => edges.has(id)), ...newOf(edges, edgeIds)].sort();
        isSorted = true;
      }
      whole ??= {
        drafts: nodeIds.flatMap((id) => drafts.get(id) ?? []),
        edges: edgeIds.flatMap((id) => {
          const edge = firstOf(edges.get(id));
          return edge !== undefined && drafts.has(edge.from) && drafts.has(edge.to) ? [edge] : [];
        }),
      };
      return whole;
    },
  };
}

function firstOf(own: ReadonlyMap<string, TopologyEdge> | undefined): TopologyEdge | undefined {
  if (own === undefined) return undefined;
  const [first] = own.size < 2 ? own : [...own].sort(([one], [other]) => (one < other ? -1 : 1));
  return first?.[1];
}

function newOf(map: ReadonlyMap<string, unknown>, ids: readonly string[]): readonly string[] {
  const known = new Set(ids);
  return [...map.keys()].filter((id) => !known.has(id));
}

function within<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const found = map.get(key) ?? new Map<string, Value>();
  map.set(key, found);
  return found;
}

function compare(before: GraphPart, after: GraphPart): SetResult {
  if (textOf(before) === textOf(after)) return "same";
  return textOf(before, ageless) === textOf(after, ageless) ? "aged" : "changed";
}

const AGES: ReadonlySet<string> = new Set(["at", "evidenceAt"]);

function ageless(key: string, value: unknown): unknown {
  return AGES.has(key) ? null : value;
}

function textOf({ nodes, edges }: GraphPart, replacer?: (key: string, value: unknown) => unknown): string {
  return JSON.stringify([nodes, edges], replacer);
}
