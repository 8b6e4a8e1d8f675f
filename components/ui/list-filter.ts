/** What the URL says about a list; empty strings are left out of it. */
export type ListFilter<View extends string = string, Sort extends string = string> = {
  readonly view: View;
  readonly q: string;
  readonly team: string;
  readonly sort: Sort;
  readonly cursor: string;
  /** What is chosen in the boxes beside the search, what is not chosen is absent. */
  readonly picked: Readonly<Record<string, string>>;
};

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;
type Counts = Readonly<Record<string, number>>;

export type ListFilters<View extends string, Sort extends string> = {
  readonly views: readonly View[];
  readonly sorts: readonly [Sort, ...Sort[]];
  /** Reads the URL; what it does not know falls back to the default, never to an error. */
  readonly read: (params: SearchParams) => ListFilter<View, Sort>;
  /** The query part of the page's URL; defaults are left out so that the plain list has a plain URL. */
  readonly toSearch: (filter: ListFilter<View, Sort>) => string;
  /** The same filter as the list's query and its REST door take it. */
  readonly toInput: (filter: ListFilter<View, Sort>) => Readonly<Record<string, string>>;
  readonly statesOf: (view: View) => readonly string[];
  /** How many things a saved view holds, from the counts by state. */
  readonly totalOf: (view: View, counts: Counts) => number;
};

/** The filters of a list whose saved views are sets of states (none: all of them). The first view and the first order are the defaults. */
export function listFilters<View extends string, Sort extends string>(
  statesByView: Readonly<Record<View, readonly string[]>>,
  defaultView: NoInfer<View>,
  sorts: readonly [Sort, ...Sort[]],
  /** Further filters by their names in the URL and in the query, with what may be chosen; null: any text. */
  picks: Readonly<Record<string, readonly string[] | null>> = {},
): ListFilters<View, Sort> {
  const isView = (name: string): name is View => Object.hasOwn(statesByView, name);
  const [defaultSort] = sorts;
  const written = (filter: ListFilter<View, Sort>, state: Readonly<Record<string, string>>): Record<string, string> => ({
    ...state,
    ...(filter.q === "" ? {} : { q: filter.q }),
    ...(filter.team === "" ? {} : { team: filter.team }),
    ...filter.picked,
    ...(filter.sort === defaultSort ? {} : { sort: filter.sort }),
    ...(filter.cursor === "" ? {} : { cursor: filter.cursor }),
  });
  return {
    views: Object.keys(statesByView).filter(isView),
    sorts,
    read: (params) => {
      const view = one(params["view"]);
      const sort = one(params["sort"]);
      return {
        view: isView(view) ? view : defaultView,
        q: one(params["q"]).slice(0, 100),
        team: one(params["team"]),
        sort: sorts.find((name) => name === sort) ?? defaultSort,
        cursor: one(params["cursor"]),
        picked: pickedOf(picks, params),
      };
    },
    toSearch: (filter) => {
      const text = new URLSearchParams(written(filter, filter.view === defaultView ? {} : { view: filter.view })).toString();
      return text === "" ? "" : `?${text}`;
    },
    toInput: (filter) => {
      const states = statesByView[filter.view];
      return written(filter, states.length === 0 ? {} : { state: states.join(",") });
    },
    statesOf: (view) => statesByView[view],
    totalOf: (view, counts) => {
      const states = statesByView[view];
      return Object.entries(counts).reduce((sum, [state, count]) => (states.length === 0 || states.includes(state) ? sum + count : sum), 0);
    },
  };
}

function pickedOf(picks: Readonly<Record<string, readonly string[] | null>>, params: SearchParams): Readonly<Record<string, string>> {
  const chosen = Object.entries(picks).map(([name, known]) => [name, one(params[name]).slice(0, 63), known] as const);
  return Object.fromEntries(
    chosen.flatMap(([name, value, known]) => (value === "" || known?.includes(value) === false ? [] : [[name, value]])),
  );
}

function one(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
