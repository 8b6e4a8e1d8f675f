import type { LatticeRule } from "./lattice-facts.ts";
import type { RouteMatch } from "./route-input.ts";

/** What Lattice compares a call with: one path, perhaps one method, and headers whose names and values are compared without case. */
export type LatticeMatch = {
  readonly method: string | null;
  readonly path: { readonly type: "exact" | "prefix"; readonly value: string };
  /** Lower case, by name. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
};

/**
 * What the gateway controller makes of a match (lattice.md §1.4, §1.5): no path is the prefix `/`; a gRPC service is the prefix `/<service>/`,
 * with a method the exact path `/<service>/<method>`.
 */
export function latticeMatchOf({ path, method, headers, grpc }: RouteMatch): LatticeMatch {
  return {
    method: method ?? (grpc === undefined ? null : "POST"),
    path: grpc === undefined ? (path ?? ANY_PATH) : grpcPath(grpc),
    headers: sorted(headers),
  };
}

/** The match of a rule as Lattice holds it. Null when it matches in a way that no route of Trellis can express. */
export function matchOfRule({ method, path, headers }: LatticeRule): LatticeMatch | null {
  if (headers.some(({ type }) => type !== "exact")) return null;
  return { method, path: path ?? ANY_PATH, headers: sorted(headers) };
}

/** The path of a gRPC call, `/<service>/<method>`. */
export function grpcPath({ service, method }: { readonly service: string; readonly method?: string }): LatticeMatch["path"] {
  return method === undefined ? { type: "prefix", value: `/${service}/` } : { type: "exact", value: `/${service}/${method}` };
}

/** Does `wide` take every call that `narrow` takes? A prefix is compared letter by letter, not by segment, as Lattice does. */
export function covers(wide: LatticeMatch, narrow: LatticeMatch): boolean {
  const methodFits = wide.method === null || wide.method === narrow.method;
  const pathFits =
    wide.path.type === "prefix"
      ? narrow.path.value.startsWith(wide.path.value)
      : narrow.path.type === "exact" && narrow.path.value === wide.path.value;
  return methodFits && pathFits && wide.headers.every((header) => narrow.headers.some((other) => isSameHeader(header, other)));
}

/** Do both take exactly the same calls? */
export function isSameMatch(one: LatticeMatch, other: LatticeMatch): boolean {
  return covers(one, other) && covers(other, one);
}

/** Does nothing narrow it? */
export function takesEveryCall({ method, path, headers }: LatticeMatch): boolean {
  return method === null && path.type === "prefix" && path.value === "/" && headers.length === 0;
}

const ANY_PATH: LatticeMatch["path"] = { type: "prefix", value: "/" };

type Header = LatticeMatch["headers"][number];

function isSameHeader(one: Header, other: Header): boolean {
  return one.name === other.name && one.value === other.value;
}

function sorted(headers: readonly Header[]): readonly Header[] {
  return headers
    .map(({ name, value }) => ({ name: name.toLowerCase(), value: value.toLowerCase() }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
