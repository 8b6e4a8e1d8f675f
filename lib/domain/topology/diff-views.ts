import type { TopologyPatch, TopologyView } from "./topology-view.ts";

/** What makes `after` of `before`; null when nothing became another one. `applyPatch(before, diffViews(before, after))` is `after`. */
export function diffViews(before: TopologyView, after: TopologyView): TopologyPatch | null {
  const nodes = compare(before.nodes, after.nodes);
  const edges = compare(before.edges, after.edges);
  const ages = new Map<string | null, string[]>();
  for (const { id, at } of [...nodes.aged, ...edges.aged]) {
    const ids = ages.get(at);
    if (ids === undefined) ages.set(at, [id]);
    else ids.push(id);
  }
  const { sources, total, folded, choices } = after;
  const patch: TopologyPatch = {
    nodes: nodes.changed,
    edges: edges.changed,
    removed: [...nodes.removed, ...edges.removed],
    ages: [...ages].map(([at, ids]) => ({ at, ids })),
    sources,
    total,
    folded,
    choices,
  };
  const isQuiet = patch.nodes.length + patch.edges.length + patch.removed.length + patch.ages.length === 0;
  return isQuiet && frame(before) === frame(after) ? null : patch;
}

type Item = { readonly id: string; readonly at: string | null };

function compare<One extends Item>(
  before: readonly One[],
  after: readonly One[],
): { readonly changed: One[]; readonly aged: One[]; readonly removed: string[] } {
  const known = new Map(before.map((item) => [item.id, item]));
  const changed: One[] = [];
  const aged: One[] = [];
  for (const item of after) {
    const was = known.get(item.id);
    known.delete(item.id);
    if (was === item) continue;
    if (was === undefined || textOf({ ...was, at: null }) !== textOf({ ...item, at: null })) changed.push(item);
    else if (was.at !== item.at) aged.push(item);
  }
  return { changed, aged, removed: [...known.keys()] };
}

function frame({ sources, total, folded, choices }: TopologyView): string {
  return textOf({ sources, total, folded, choices });
}

// Members are written in one order by one function each, so that plain JSON tells equal from unequal; canonical JSON would cost twice.
function textOf(value: unknown): string {
  return JSON.stringify(value);
}
