import { diffViews } from "./diff-views.ts";
import type { TopologyPatch, TopologyView } from "./topology-view.ts";

/** One patch that makes `after` of any of these views; null when all of them are it already. */
export function diffFromAny(befores: Iterable<TopologyView>, after: TopologyView): TopologyPatch | null {
  const patches = [...befores].flatMap((before) => diffViews(before, after) ?? []);
  const [first, ...others] = patches;
  if (first === undefined || others.length === 0) return first ?? null;
  const nodes = new Map(patches.flatMap((patch) => patch.nodes.map((node) => [node.id, node])));
  const edges = new Map(patches.flatMap((patch) => patch.edges.map((edge) => [edge.id, edge])));
  const ages = new Map(patches.flatMap((patch) => patch.ages.flatMap(({ at, ids }) => ids.map((id) => [id, at]))));
  const byAge = Map.groupBy(
    [...ages].filter(([id]) => !nodes.has(id) && !edges.has(id)),
    ([, at]) => at,
  );
  return {
    ...first,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    removed: [...new Set(patches.flatMap(({ removed }) => removed))],
    ages: [...byAge].map(([at, aged]) => ({ at, ids: aged.map(([id]) => id) })),
  };
}
