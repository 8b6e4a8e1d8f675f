import { RouteMatch } from "../../domain/routes/route-input.ts";
import { listAt, textAt, valueAt } from "../safe-read.ts";

/** What a rule matches, and the names of its parts that Lattice refuses or that the controller never reads (lattice.md §1.4). */
export type ReadMatch = { readonly match: RouteMatch; readonly unsupported: readonly string[] };

const MAX_HEADERS = 5;
const LATTICE_PATH = /^\/[a-zA-Z0-9@:%_+.~#?&/=-]{0,199}$/;
const GRPC_NAME = /^[A-Za-z0-9_.]{1,200}$/;

/** The first match of an HTTPRoute rule; a second one, queries and anything that is not exact are named, not guessed. */
export function readHttpMatch(rule: unknown): ReadMatch {
  const matches = listAt(rule, "matches");
  const [first] = matches;
  const path = readPath(first);
  const method = readMethod(first);
  const headers = readHeaders(first);
  return {
    match: { ...path.part, ...method.part, headers: headers.headers },
    unsupported: [
      ...severalMatches(matches),
      ...path.unsupported,
      ...method.unsupported,
      ...headers.unsupported,
      ...(listAt(first, "queryParams").length > 0 ? ["queryParams"] : []),
    ],
  };
}

/** The first match of a GRPCRoute rule: a service, or a service and its method (lattice.md §1.5). */
export function readGrpcMatch(rule: unknown): ReadMatch {
  const matches = listAt(rule, "matches");
  const [first] = matches;
  const headers = readHeaders(first);
  const service = textAt(first, "method", "service");
  const method = textAt(first, "method", "method");
  const type = textAt(first, "method", "type");
  const isRegex = type !== null && type !== "Exact";
  const isOdd = [service, method].some((name) => name !== null && !GRPC_NAME.test(name));
  const isUsable = service !== null && !isRegex && !isOdd;
  return {
    match: { headers: headers.headers, ...(isUsable ? { grpc: { service, ...(method === null ? {} : { method }) } } : {}) },
    unsupported: [
      ...severalMatches(matches),
      ...headers.unsupported,
      ...(isRegex ? [`method.${type.slice(0, 40)}`] : []),
      ...(isOdd || (service === null && method !== null) ? ["method"] : []),
    ],
  };
}

function severalMatches(matches: readonly unknown[]): readonly string[] {
  return matches.slice(1, 9).map((_, index) => `matches[${index + 1}]`);
}

function readPath(match: unknown): { readonly part: Pick<RouteMatch, "path">; readonly unsupported: readonly string[] } {
  if (valueAt(match, "path") === undefined) return { part: {}, unsupported: [] };
  const type = textAt(match, "path", "type") ?? "PathPrefix";
  const value = textAt(match, "path", "value") ?? "/";
  if (type !== "Exact" && type !== "PathPrefix") return { part: {}, unsupported: [`path.${type.slice(0, 40)}`] };
  if (!LATTICE_PATH.test(value)) return { part: {}, unsupported: ["path.value"] };
  return { part: { path: { type: type === "Exact" ? "exact" : "prefix", value } }, unsupported: [] };
}

function readMethod(match: unknown): { readonly part: Pick<RouteMatch, "method">; readonly unsupported: readonly string[] } {
  const raw = valueAt(match, "method");
  if (raw === undefined) return { part: {}, unsupported: [] };
  const method = RouteMatch.shape.method.safeParse(raw).data;
  return method === undefined ? { part: {}, unsupported: ["method"] } : { part: { method }, unsupported: [] };
}

function readHeaders(match: unknown): { readonly headers: RouteMatch["headers"]; readonly unsupported: readonly string[] } {
  const all = listAt(match, "headers").map((header) => ({
    name: textAt(header, "name") ?? "",
    value: textAt(header, "value") ?? "",
    type: textAt(header, "type") ?? "Exact",
  }));
  const isFit = ({ name, value, type }: (typeof all)[number]) =>
    type === "Exact" && name !== "" && name.length <= 100 && value !== "" && value.length <= 200;
  return {
    headers: all
      .filter(isFit)
      .slice(0, MAX_HEADERS)
      .map(({ name, value }) => ({ name, value })),
    unsupported: [
      ...new Set(
        all.filter((header) => !isFit(header)).map(({ type }) => (type === "Exact" ? "headers.value" : `headers.${type.slice(0, 40)}`)),
      ),
      ...(all.length > MAX_HEADERS ? [`headers[${MAX_HEADERS}]`] : []),
    ],
  };
}
