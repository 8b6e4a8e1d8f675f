import type { RequestState } from "../../lib/domain/requests/request.ts";

/** The saved views of the list; no state means all of them. */
export const REQUEST_VIEWS = {
  all: [],
  open: ["waiting", "sent-back", "approved", "delivering", "failed"],
  waiting: ["waiting"],
  delivering: ["approved", "delivering"],
  stopped: ["failed", "sent-back"],
  ended: ["delivered", "rejected", "withdrawn", "expired"],
} as const satisfies Record<string, readonly RequestState[]>;
export type RequestViewName = keyof typeof REQUEST_VIEWS;
export const REQUEST_VIEW_NAMES: readonly RequestViewName[] = ["all", "open", "waiting", "delivering", "stopped", "ended"];

/** What the URL says about the list; empty strings are left out of it. */
export type RequestListFilter = { readonly view: RequestViewName; readonly team: string; readonly cursor: string };

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the URL; what it does not know falls back to the default view, never to an error. */
export function readRequestListFilter(params: SearchParams): RequestListFilter {
  const view = one(params["view"]);
  return { view: REQUEST_VIEW_NAMES.find((name) => name === view) ?? "all", team: one(params["team"]), cursor: one(params["cursor"]) };
}

/** The query part of the page's URL; defaults are left out. */
export function toRequestListSearch(filter: RequestListFilter): string {
  const search = new URLSearchParams();
  if (filter.view !== "all") search.set("view", filter.view);
  if (filter.team !== "") search.set("team", filter.team);
  if (filter.cursor !== "") search.set("cursor", filter.cursor);
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

/** The same filter as the REST door of `listRequests` takes it. */
export function toRequestListInput(filter: RequestListFilter): Readonly<Record<string, string>> {
  return {
    ...(filter.view === "all" ? {} : { state: REQUEST_VIEWS[filter.view].join(",") }),
    ...(filter.team === "" ? {} : { team: filter.team }),
    ...(filter.cursor === "" ? {} : { cursor: filter.cursor }),
  };
}

function one(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
