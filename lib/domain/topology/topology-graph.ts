import type { EdgeKind, TopologyEdge, TopologyNode } from "./topology-view.ts";

/** What the graph functions look at: views with sentences already translated are graphs too. */
export type GraphNode = Pick<TopologyNode, "id" | "kind" | "parent">;
export type GraphEdge = Pick<TopologyEdge, "id" | "kind" | "from" | "to">;

/** Nodes and the edges between them; a TopologyView is one too. No edge leads to a node that is not there. */
export type TopologyGraph<Node extends GraphNode = TopologyNode, Edge extends GraphEdge = TopologyEdge> = {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
};

/** A graph by its links: everything in time that depends on the number of neighbours only. */
export type GraphLinks<Node, Edge> = {
  readonly node: (id: string) => Node | undefined;
  readonly out: (id: string, kind?: EdgeKind) => readonly Edge[];
  readonly into: (id: string, kind?: EdgeKind) => readonly Edge[];
  /** What is drawn inside it. */
  readonly children: (id: string) => readonly Node[];
  /** The nodes it is drawn inside, nearest first. */
  readonly ancestors: (id: string) => readonly Node[];
};

const known = new WeakMap<object, unknown>();

/** Graphs never change: each is indexed once. */
export function linksOf<Node extends GraphNode, Edge extends GraphEdge>(graph: TopologyGraph<Node, Edge>): GraphLinks<Node, Edge> {
  // Safe: the map is written here only, under a graph of exactly these types.
  const found = (known.get(graph) as GraphLinks<Node, Edge> | undefined) ?? index(graph);
  known.set(graph, found);
  return found;
}

function index<Node extends GraphNode, Edge extends GraphEdge>({ nodes, edges }: TopologyGraph<Node, Edge>): GraphLinks<Node, Edge> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const out = new Map<string, Edge[]>();
  const into = new Map<string, Edge[]>();
  const children = new Map<string, Node[]>();
  for (const edge of edges) {
    add(out, edge.from, edge);
    add(into, edge.to, edge);
  }
  for (const node of nodes) if (node.parent !== null) add(children, node.parent, node);
  const of = (map: ReadonlyMap<string, readonly Edge[]>) => (id: string, kind?: EdgeKind) => {
    const all = map.get(id) ?? [];
    return kind === undefined ? all : all.filter((edge) => edge.kind === kind);
  };
  return {
    node: (id) => byId.get(id),
    out: of(out),
    into: of(into),
    children: (id) => children.get(id) ?? [],
    ancestors(id) {
      const found: Node[] = [];
      const seen = new Set([id]);
      // A hostile graph may name a node its own ancestor.
      for (let at = byId.get(id)?.parent ?? null; at !== null && !seen.has(at); at = byId.get(at)?.parent ?? null) {
        seen.add(at);
        const node = byId.get(at);
        if (node !== undefined) found.push(node);
      }
      return found;
    },
  };
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The part of a graph that consists of these nodes and the edges between them. */
export function subgraph<Node extends GraphNode, Edge extends GraphEdge>(
  { nodes, edges }: TopologyGraph<Node, Edge>,
  ids: ReadonlySet<string>,
): TopologyGraph<Node, Edge> {
  return { nodes: nodes.filter(({ id }) => ids.has(id)), edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

export function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/** `<kind>:<from>><to>` */
export function edgeId(kind: EdgeKind, from: string, to: string): string {
  return `${kind}:${from}>${to}`;
}
