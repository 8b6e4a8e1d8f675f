import { byId } from "./topology-graph.ts";
import type { TopologyView } from "./topology-view.ts";

/**
 * The view after a patch; what did not change keeps its identity, so that a drawing updates only what moved. `Node` and `Edge` may be the
 * localized shapes: nothing but ids and ages is looked at.
 */
export function applyPatch<View extends Applied>(view: View, patch: PatchOf<View>): View {
  const ages = new Map(patch.ages.flatMap(({ at, ids }) => ids.map((id) => [id, at] as const)));
  const removed = new Set(patch.removed);
  const { sources, total, folded, choices } = patch;
  return {
    ...view,
    nodes: patched(view.nodes, patch.nodes, { ages, removed }),
    edges: patched(view.edges, patch.edges, { ages, removed }),
    sources,
    total,
    folded,
    choices,
  };
}

type Item = { readonly id: string; readonly at: string | null };
type Applied = { readonly [Member in keyof TopologyView]: Member extends "nodes" | "edges" ? readonly Item[] : unknown };
/** The patch of a view, localized like it. */
type PatchOf<View extends Applied> = Pick<View, keyof TopologyView> & {
  readonly removed: readonly string[];
  readonly ages: readonly { readonly at: string | null; readonly ids: readonly string[] }[];
};
type Change = { readonly ages: ReadonlyMap<string, string | null>; readonly removed: ReadonlySet<string> };

function patched<One extends Item>(before: readonly One[], changed: readonly One[], { ages, removed }: Change): readonly One[] {
  const news = new Map(changed.map((item) => [item.id, item]));
  const isSame = changed.length === 0 && !before.some(({ id }) => removed.has(id) || ages.has(id));
  if (isSame) return before;
  const kept = before.flatMap((item) => {
    if (removed.has(item.id)) return [];
    const next = news.get(item.id);
    news.delete(item.id);
    if (next !== undefined) return [next];
    const at = ages.get(item.id);
    return [at === undefined ? item : { ...item, at }];
  });
  return news.size === 0 ? kept : [...kept, ...news.values()].sort(byId);
}
