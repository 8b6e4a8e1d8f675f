import type { WholeGraph } from "../../domain/topology/assemble-graph.ts";
import type { GraphPart, NodeDraft } from "../../domain/topology/graph-part.ts";
import { mergeDrafts } from "../../domain/topology/merge-drafts.ts";
import type { TopologyEdge } from "../../domain/topology/topology-view.ts";

/** What setting a part did: something became another thing, only ages moved, or nothing at all. */
export type SetResult = "changed" | "aged" | "same";

export type GraphStore = ReturnType<typeof createGraphStore>;

/** One thing that a part says, with the text by which a later word of it is compared. */
type Said<Thing> = { readonly text: string; readonly thing: Thing };
type SaidById<Thing> = ReadonlyMap<string, Said<Thing>>;
type KeptPart = { readonly nodes: SaidById<NodeDraft>; readonly edges: SaidById<TopologyEdge>; readonly due: Date | null };

const NOTHING: KeptPart = { nodes: new Map(), edges: new Map(), due: null };

/**
 * Parts laid together into one graph. Setting a part touches only nodes and edges of which it says something else; what the graph is depends
 * on the parts alone, never on their order (`assembleGraph` is the same from scratch).
 */
export function createGraphStore() {
  const parts = new Map<string, KeptPart>();
  const said = new Map<string, Map<string, NodeDraft>>();
  const drafts = new Map<string, NodeDraft>();
  const edges = new Map<string, Map<string, TopologyEdge>>();
  const stale = { nodes: new Set<string>(), edges: new Set<string>() };
  let places: Places | null = null;
  let whole: WholeGraph | null = null;

  function setNodes(part: string, before: KeptPart, after: KeptPart): void {
    for (const id of before.nodes.keys()) {
      if (after.nodes.has(id)) continue;
      said.get(id)?.delete(part);
      merge(id);
    }
    for (const [id, { text, thing }] of after.nodes) {
      if (before.nodes.get(id)?.text === text) continue;
      within(said, id).set(part, thing);
      merge(id);
    }
  }

  function merge(id: string): void {
    const contributions = [...(said.get(id) ?? [])].map(([part, draft]) => ({ part, draft }));
    const merged = mergeDrafts(contributions);
    if (merged === null) {
      said.delete(id);
      if (drafts.delete(id)) places = null;
      return;
    }
    if (!drafts.has(id)) places = null;
    drafts.set(id, merged);
    stale.nodes.add(id);
  }

  function setEdges(part: string, before: KeptPart, after: KeptPart): void {
    for (const id of before.edges.keys()) {
      if (after.edges.has(id)) continue;
      const own = edges.get(id);
      own?.delete(part);
      stale.edges.add(id);
      if (own?.size === 0 && edges.delete(id)) places = null;
    }
    for (const [id, { text, thing }] of after.edges) {
      if (before.edges.get(id)?.text === text) continue;
      if (!edges.has(id)) places = null;
      within(edges, id).set(part, thing);
      stale.edges.add(id);
    }
  }

  /** With the same nodes and edges as before, only those that were touched are put in their places. */
  function laidOut(): WholeGraph {
    if (places === null || whole === null) {
      const nodeIds = [...drafts.keys()].sort();
      const edgeIds = [...edges.keys()].sort().filter((id) => hasEnds(firstOf(edges.get(id)), drafts));
      places = { nodes: placesOf(nodeIds), edges: placesOf(edgeIds) };
      return {
        drafts: nodeIds.flatMap((id) => drafts.get(id) ?? []),
        edges: edgeIds.flatMap((id) => firstOf(edges.get(id)) ?? []),
      };
    }
    return {
      drafts: patched(whole.drafts, stale.nodes, places.nodes, (id) => drafts.get(id)),
      edges: patched(whole.edges, stale.edges, places.edges, (id) => firstOf(edges.get(id))),
    };
  }

  return {
    has: (part: string) => parts.has(part),
    parts: () => parts.keys(),
    due: (part: string): Date | null => parts.get(part)?.due ?? null,
    /** An empty part is none. */
    set(name: string, part: GraphPart): SetResult {
      const before = parts.get(name) ?? NOTHING;
      const after = keptPart(part);
      const result = compare(before, after);
      const isEmpty = part.nodes.length === 0 && part.edges.length === 0 && part.due === null;
      if (isEmpty) parts.delete(name);
      else parts.set(name, after);
      if (result === "same") return result;
      setNodes(name, before, after);
      setEdges(name, before, after);
      return result;
    },
    graph(): WholeGraph {
      if (whole !== null && places !== null && stale.nodes.size + stale.edges.size === 0) return whole;
      whole = laidOut();
      stale.nodes.clear();
      stale.edges.clear();
      return whole;
    },
  };
}

/** Where each node and edge stands in the graph. */
type Places = { readonly nodes: ReadonlyMap<string, number>; readonly edges: ReadonlyMap<string, number> };

function placesOf(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map(ids.map((id, place) => [id, place]));
}

function patched<One>(
  before: readonly One[],
  ids: Iterable<string>,
  places: ReadonlyMap<string, number>,
  find: (id: string) => One | undefined,
): readonly One[] {
  const after = [...before];
  for (const id of ids) {
    const [place, one] = [places.get(id), find(id)];
    if (place !== undefined && one !== undefined) after[place] = one;
  }
  return after;
}

function hasEnds(edge: TopologyEdge | undefined, drafts: ReadonlyMap<string, NodeDraft>): boolean {
  return edge !== undefined && drafts.has(edge.from) && drafts.has(edge.to);
}

function firstOf(own: ReadonlyMap<string, TopologyEdge> | undefined): TopologyEdge | undefined {
  if (own === undefined) return undefined;
  const [first] = own.size < 2 ? own : [...own].sort(([one], [other]) => (one < other ? -1 : 1));
  return first?.[1];
}

function within<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const found = map.get(key) ?? new Map<string, Value>();
  map.set(key, found);
  return found;
}

function keptPart({ nodes, edges, due }: GraphPart): KeptPart {
  return { nodes: saidById(nodes, ({ node }) => node.id), edges: saidById(edges, ({ id }) => id), due };
}

function saidById<Thing>(things: readonly Thing[], idOf: (thing: Thing) => string): SaidById<Thing> {
  return new Map(things.map((thing) => [idOf(thing), { text: JSON.stringify(thing), thing }]));
}

function compare(before: KeptPart, after: KeptPart): SetResult {
  const areBoth = (isAlike: (one: Said<unknown>, other: Said<unknown>) => boolean) =>
    areAlike(before.nodes, after.nodes, isAlike) && areAlike(before.edges, after.edges, isAlike);
  if (areBoth((one, other) => one.text === other.text)) return "same";
  return areBoth((one, other) => one.text === other.text || agelessText(one) === agelessText(other)) ? "aged" : "changed";
}

function areAlike(
  before: SaidById<unknown>,
  after: SaidById<unknown>,
  isAlike: (one: Said<unknown>, other: Said<unknown>) => boolean,
): boolean {
  if (before.size !== after.size) return false;
  return [...after].every(([id, said]) => {
    const was = before.get(id);
    return was !== undefined && isAlike(was, said);
  });
}

const AGES: ReadonlySet<string> = new Set(["at", "evidenceAt"]);

function agelessText({ thing }: Said<unknown>): string {
  return JSON.stringify(thing, (key, value: unknown) => (AGES.has(key) ? null : value));
}
