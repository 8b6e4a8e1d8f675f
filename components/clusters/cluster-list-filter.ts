import type { ClusterState } from "../../lib/domain/clusters/cluster-view.ts";

/** The saved views of the list: a chip each, a set of states each; no state means all of them. */
export const CLUSTER_VIEWS = {
  all: [],
  attention: ["failed", "degraded", "unknown"],
  requested: ["requested"],
  changing: ["creating", "updating", "upgrading", "deleting"],
  ready: ["ready"],
} as const satisfies Record<string, readonly ClusterState[]>;
export type ClusterViewName = keyof typeof CLUSTER_VIEWS;

export const CLUSTER_SORTS = ["urgency", "name", "version", "account", "since"] as const;
export type ClusterSort = (typeof CLUSTER_SORTS)[number];

/** What the URL says about the list; empty strings are left out of it. */
export type ClusterListFilter = {
  readonly view: ClusterViewName;
  readonly q: string;
  readonly team: string;
  readonly sort: ClusterSort;
  readonly cursor: string;
};

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the URL; what it does not know falls back to the default view, never to an error. */
export function readClusterListFilter(params: SearchParams): ClusterListFilter {
  const view = one(params["view"]);
  const sort = one(params["sort"]);
  return {
    view: isViewName(view) ? view : "all",
    q: one(params["q"]).slice(0, 100),
    team: one(params["team"]),
    sort: CLUSTER_SORTS.find((name) => name === sort) ?? "urgency",
    cursor: one(params["cursor"]),
  };
}

/** The query part of the page's URL; defaults are left out so that the plain list has a plain URL. */
export function toClusterListSearch(filter: ClusterListFilter): string {
  const search = new URLSearchParams();
  if (filter.view !== "all") search.set("view", filter.view);
  if (filter.q !== "") search.set("q", filter.q);
  if (filter.team !== "") search.set("team", filter.team);
  if (filter.sort !== "urgency") search.set("sort", filter.sort);
  if (filter.cursor !== "") search.set("cursor", filter.cursor);
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

/** The same filter as the query `listClusters` and its REST door take it. */
export function toClusterListInput(filter: ClusterListFilter): Readonly<Record<string, string>> {
  return {
    ...(filter.view === "all" ? {} : { state: CLUSTER_VIEWS[filter.view].join(",") }),
    ...(filter.q === "" ? {} : { q: filter.q }),
    ...(filter.team === "" ? {} : { team: filter.team }),
    ...(filter.sort === "urgency" ? {} : { sort: filter.sort }),
    ...(filter.cursor === "" ? {} : { cursor: filter.cursor }),
  };
}

function one(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.[0] ?? "");
}

function isViewName(name: string): name is ClusterViewName {
  return Object.hasOwn(CLUSTER_VIEWS, name);
}
