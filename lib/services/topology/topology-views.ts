import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { createTopologyView } from "../../domain/topology/create-topology-view.ts";
import { steadyView } from "../../domain/topology/steady-view.ts";
import { byId, linksOf, type TopologyGraph } from "../../domain/topology/topology-graph.ts";
import type { TopologyInput, TopologySource, TopologyView } from "../../domain/topology/topology-view.ts";
import type { TopologyIndex } from "../../read-models/topology/topology-index.ts";
import type { Context } from "../context.ts";
import { visibleGraph } from "./visible-graph.ts";

/** So many maps (rights and filter) are kept; an open page keeps its own alive. */
const MOST_VIEWS = 200;

type Graphs = Map<string, { readonly version: number; readonly graph: TopologyGraph }>;
type Views = Map<string, { readonly version: number; readonly view: TopologyView }>;
/** Views that were handed out, for whoever must say what changed since. */
type Trails = Map<string, Set<TopologyView>>;
type Memo = { readonly graphs: Graphs; readonly views: Views; readonly trails: Trails };
type Reads = Pick<Context, "topology" | "actor">;

const memos = new WeakMap<TopologyIndex, Memo>();

/**
 * The map for an actor under a filter, from memory. Whoever has the same rights and asks for the same gets the same object: 500 open pages
 * cost one computation a change. Evidence that only grew fresher counts in steps, so that a quiet fleet gives the same view again.
 */
export function topologyView({ topology, actor }: Reads, input: TopologyInput): TopologyView {
  const memo = memoOf(topology);
  const key = viewKey(actor, input);
  const graph = graphOf(memo, topology, actor);
  const known = memo.views.get(key);
  const view =
    known?.version === topology.version()
      ? sameGraph(known.view, sourcesFor(topology, graph))
      : made(topology, { graph, input, before: known?.view });
  remember(memo.views, key, { version: topology.version(), view });
  memo.trails.get(key)?.add(view);
  return view;
}

/** The same text for the same map: who sees the same and asks for the same. */
export function viewKey(actor: Actor, input: TopologyInput): string {
  return `${rightsKey(actor)} ${canonicalJson(input)}`;
}

/** From now on every view under this key that anybody gets is kept until it is taken. */
export function followViews(
  topology: TopologyIndex,
  key: string,
): { readonly take: () => readonly TopologyView[]; readonly stop: () => void } {
  const { trails } = memoOf(topology);
  const trail = new Set<TopologyView>();
  trails.set(key, trail);
  return {
    take() {
      const views = [...trail];
      trail.clear();
      return views;
    },
    stop: () => void trails.delete(key),
  };
}

function made(
  topology: TopologyIndex,
  { graph, input, before }: { readonly graph: TopologyGraph; readonly input: TopologyInput; readonly before: TopologyView | undefined },
): TopologyView {
  const view = createTopologyView(graph, input, sourcesFor(topology, graph));
  return before === undefined ? view : steadyView(before, view);
}

/** Sources live with the clock, whatever the graph says. */
function sameGraph(known: TopologyView, sources: readonly TopologySource[]): TopologyView {
  const view = steadyView(known, { ...known, sources: [...sources] });
  const isSame = view.sources.length === known.sources.length && view.sources.every((source, n) => source === known.sources[n]);
  return isSame ? known : { ...known, sources: view.sources };
}

/** The same text for actors who see the same. */
function rightsKey(actor: Actor): string {
  if (actor.type === "system") return "system";
  if (actor.type === "wall") return `wall ${canonicalJson(actor.filter)}`;
  const memberships = actor.memberships.map(({ teamId, role }) => `${teamId}:${role}`).sort();
  return `${[...actor.globalRoles].sort().join(",")}|${memberships.join(",")}`;
}

/** Of accounts only those that the reader sees; sorted by id. */
function sourcesFor(topology: TopologyIndex, graph: TopologyGraph): readonly TopologySource[] {
  const links = linksOf(graph);
  return topology
    .sources()
    .filter(({ kind, id }) => kind === "management-cluster" || links.node(id) !== undefined)
    .sort(byId);
}

function graphOf({ graphs }: Memo, topology: TopologyIndex, actor: Actor): TopologyGraph {
  const whole = topology.graph();
  const version = topology.version();
  const rights = rightsKey(actor);
  const known = graphs.get(rights);
  if (known?.version === version) return known.graph;
  return remember(graphs, rights, { version, graph: visibleGraph(whole, actor) }).graph;
}

function memoOf(topology: TopologyIndex): Memo {
  const found = memos.get(topology) ?? { graphs: new Map(), views: new Map(), trails: new Map() };
  memos.set(topology, found);
  return found;
}

/** Newest last; the oldest goes. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_VIEWS && oldest !== undefined) map.delete(oldest);
  return value;
}
