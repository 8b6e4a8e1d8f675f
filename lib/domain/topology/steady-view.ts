import type { TopologySource, TopologyView } from "./topology-view.ts";

/** An age on the map may lag so much behind its evidence; it is never fresher than that. */
const AGE_STEP_MS = 30_000;
const SOURCE_STEP_MS = 5_000;

/**
 * `after`, in which what only grew a little fresher keeps its age of `before`: evidence is proven every few seconds, and nobody draws that.
 * Nodes and edges that say nothing else keep their identity.
 */
export function steadyView(before: TopologyView, after: TopologyView): TopologyView {
  return {
    ...after,
    nodes: steady(before.nodes, after.nodes, AGE_STEP_MS),
    edges: steady(before.edges, after.edges, AGE_STEP_MS),
    sources: steady<TopologySource>(before.sources, after.sources, SOURCE_STEP_MS),
  };
}

function steady<One extends { readonly id: string; readonly at: string | null }>(
  before: readonly One[],
  after: readonly One[],
  stepMs: number,
): One[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return after.map((item) => {
    const was = known.get(item.id);
    if (was === undefined || was === item || !isLittleFresher(was.at, item.at, stepMs)) return item;
    return JSON.stringify({ ...was, at: null }) === JSON.stringify({ ...item, at: null }) ? was : item;
  });
}

function isLittleFresher(was: string | null, is: string | null, stepMs: number): boolean {
  if (was === null || is === null) return was === is;
  const step = Date.parse(is) - Date.parse(was);
  return step >= 0 && step < stepMs;
}
