import { expect, it } from "vitest";
import { hasIntersectingHostname } from "./hostnames.ts";
import { matchesLabels } from "./label-selector.ts";
import { ruleMatch } from "./rule-match.ts";

const prefix = (value: string) => ({ pathMatch: { match: { prefix: value }, caseSensitive: true } });
const exact = (value: string) => ({ pathMatch: { match: { exact: value }, caseSensitive: true } });
const header = (name: string) => ({ type: "Exact", name, value: "1" });

it.each([
  ["no match", undefined, prefix("/")],
  ["a prefix, as it is written", [{ path: { type: "PathPrefix", value: "/api" } }], prefix("/api")],
  ["an exact path", [{ path: { type: "Exact", value: "/api" } }], exact("/api")],
  ["a method", [{ method: "GET" }], { method: "GET", ...prefix("/") }],
  ["a gRPC method", [{ method: { service: "a.B", method: "C" } }], { method: "POST", ...exact("/a.B/C") }],
  ["a gRPC service", [{ method: { service: "a.B" } }], { method: "POST", ...prefix("/a.B/") }],
])("sends Lattice %s", (_what, matches, wanted) => {
  expect(ruleMatch(matches ? { matches } : {})).toEqual({ httpMatch: wanted });
});

it.each([
  ["two matches", [{}, {}], "LATTICE_NO_SUPPORT_FOR_MULTIPLE_MATCHES"],
  ["a regular expression", [{ path: { type: "RegularExpression", value: ".*" } }], "LATTICE_UNSUPPORTED_PATH_MATCH_TYPE"],
  ["six headers", [{ headers: ["a", "b", "c", "d", "e", "f"].map(header) }], "LATTICE_EXCEED_MAX_HEADER_MATCHES"],
  ["a header pattern", [{ headers: [{ ...header("a"), type: "RegularExpression" }] }], "LATTICE_UNSUPPORTED_HEADER_MATCH_TYPE"],
  ["query parameters", [{ queryParams: [header("a")] }], "LATTICE_UNSUPPORTED_MATCH_TYPE"],
  ["a gRPC method without its service", [{ method: { method: "C" } }], "LATTICE_UNSUPPORTED_MATCH_TYPE"],
])("cannot build %s", (_what, matches, code) => {
  expect(() => ruleMatch({ matches })).toThrow(code);
});

it("takes five headers, compared without regard to case", () => {
  const { httpMatch } = ruleMatch({ matches: [{ headers: ["a", "b", "c", "d", "e"].map(header) }] });
  expect(httpMatch?.headerMatches).toHaveLength(5);
  expect(httpMatch?.headerMatches?.[0]).toEqual({ name: "a", match: { exact: "1" }, caseSensitive: false });
});

it.each([
  [undefined, ["a.test"], true],
  ["*.example.test", [], true],
  ["*.example.test", ["a.example.test"], true],
  ["*.example.test", ["example.test"], false],
  ["a.example.test", ["*.example.test"], true],
  ["a.example.test", ["b.example.test"], false],
])("finds whether a listener's %s and a route's %s meet: %s", (listener, hostnames, meet) => {
  expect(hasIntersectingHostname(listener, hostnames)).toBe(meet);
});

it.each([
  [{}, true],
  [{ matchLabels: { a: "1" } }, true],
  [{ matchLabels: { a: "2" } }, false],
  [{ matchExpressions: [{ key: "a", operator: "In", values: ["1"] }] }, true],
  [{ matchExpressions: [{ key: "b", operator: "NotIn", values: ["1"] }] }, true],
  [{ matchExpressions: [{ key: "b", operator: "Exists" }] }, false],
  [{ matchExpressions: [{ key: "b", operator: "DoesNotExist" }] }, true],
  [{ matchExpressions: [{ key: "a", operator: "Gt", values: ["0"] }] }, false],
])("reads the selector %j as %s for the label a=1", (selector, fits) => {
  expect(matchesLabels(selector, { a: "1" })).toBe(fits);
});
