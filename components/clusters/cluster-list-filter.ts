import type { ClusterState } from "../../lib/domain/clusters/cluster-view.ts";
import { type ListFilter, listFilters } from "../ui/list-filter.ts";

/** The saved views of the list: a chip each, a set of states each; no state means all of them. */
const CLUSTER_VIEWS = {
  all: [],
  attention: ["failed", "degraded", "unknown"],
  requested: ["requested"],
  changing: ["creating", "updating", "upgrading", "deleting"],
  ready: ["ready"],
} as const satisfies Record<string, readonly ClusterState[]>;

export const clusterFilters = listFilters(CLUSTER_VIEWS, "all", ["urgency", "name", "version", "account", "since"]);
export type ClusterListFilter = ReturnType<typeof clusterFilters.read>;

/** The states that a filter asks for, as the query takes them. */
export function clusterStates({ view }: Pick<ListFilter<keyof typeof CLUSTER_VIEWS>, "view">): readonly ClusterState[] {
  return CLUSTER_VIEWS[view];
}
