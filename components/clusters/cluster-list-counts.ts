import { CLUSTER_VIEWS, type ClusterViewName } from "./cluster-list-filter.ts";

/** How many clusters a saved view holds, from the counts by state. */
export function totalOf(view: ClusterViewName, counts: Readonly<Record<string, number>>): number {
  const states: readonly string[] = CLUSTER_VIEWS[view];
  return Object.entries(counts).reduce((sum, [state, count]) => (states.length === 0 || states.includes(state) ? sum + count : sum), 0);
}
