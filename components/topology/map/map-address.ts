import { TopologyInput } from "../../../lib/domain/topology/topology-view.ts";

/** What the address of the map says: which part of the graph, and how it is looked at. */
export type MapAddress = {
  readonly input: TopologyInput;
  /** Id of the node in the side panel. */
  readonly select: string | null;
  /** Only the path of the selected node. */
  readonly only: boolean;
  /** null: the map, on a phone the table. */
  readonly view: "map" | "table" | null;
  readonly wall: boolean;
};

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;
type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

const FIELDS = ["team", "account", "network", "health", "q", "focus", "depth"] as const;
const LISTS = ["expand", "collapse"] as const;

/** Reads the address; what it does not know or is too long is left out, never an error. */
export function readAddress(params: Params): MapAddress {
  const given: Record<string, unknown> = {};
  for (const name of FIELDS) if (one(params[name]) !== "") given[name] = one(params[name]);
  for (const name of LISTS) if (many(params[name]).length > 0) given[name] = many(params[name]);
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) if (TopologyInput.safeParse({ [name]: value }).success) input[name] = value;
  const view = one(params["view"]);
  return {
    input: TopologyInput.parse(input),
    select: one(params["select"]).slice(0, 400) || null,
    only: one(params["only"]) === "1",
    view: view === "map" || view === "table" ? view : null,
    wall: params["wall"] !== undefined,
  };
}

/** The query part of the address; what is as always is left out. */
export function addressQuery({ input, select, only, view, wall }: MapAddress): Query {
  return { ...inputQuery(input), select: select ?? "", only: only ? "1" : "", view: view ?? "", ...(wall ? { wall: "1" } : {}) };
}

/** The filter in one fixed order, for cache keys, topics and the REST door. */
export function inputQuery(input: TopologyInput): Query {
  const query: Record<string, string | number | readonly string[]> = {};
  for (const name of [...FIELDS, ...LISTS]) {
    const value = input[name];
    if (typeof value === "number" || (value !== undefined && value.length > 0)) query[name] = value;
  }
  return query;
}

/** The same filter with one part changed; an empty value takes the part away. */
export function withInput(input: TopologyInput, change: Readonly<Record<string, string | number | readonly string[]>>): TopologyInput {
  return readAddress(
    Object.fromEntries(
      Object.entries({ ...input, ...change }).map(([name, value]) => [name, typeof value === "number" ? String(value) : value]),
    ),
  ).input;
}

function one(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.[0] ?? "");
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  return (typeof value === "string" ? [value] : (value ?? [])).filter((each) => each !== "");
}
