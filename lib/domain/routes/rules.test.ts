import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainCall, grpcCall, type TriedCall } from "./explain-call.ts";
import { covers, latticeMatchOf } from "./lattice-match.ts";
import { compareSpecificity, isOrdered, orderRules } from "./order-rules.ts";
import type { RouteMatch } from "./route-input.ts";
import { ruleWarnings } from "./rule-warnings.ts";
import { ruleWords } from "./rule-words.ts";

const PATHS = ["/", "/api", "/api/", "/apiv2", "/api/v1", "/api/v1/orders", "/status"];
const headers = fc.uniqueArray(fc.record({ name: fc.constantFrom("x-a", "X-B", "x-c"), value: fc.constantFrom("1", "True") }), {
  maxLength: 3,
  selector: ({ name }) => name.toLowerCase(),
});
const match: fc.Arbitrary<RouteMatch> = fc
  .record({
    path: fc.option(fc.record({ type: fc.constantFrom("exact" as const, "prefix" as const), value: fc.constantFrom(...PATHS) }), {
      nil: undefined,
    }),
    method: fc.option(fc.constantFrom("GET" as const, "POST" as const), { nil: undefined }),
    headers,
  })
  .map(({ path, method, ...rest }) => ({ ...rest, ...(path === undefined ? {} : { path }), ...(method === undefined ? {} : { method }) }));
const call: fc.Arbitrary<TriedCall> = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT"),
  path: fc.constantFrom(...PATHS, "/other"),
  headers,
});
const rules = fc.array(
  match.map((one) => ({ match: one })),
  { maxLength: 16 },
);

const takes = (one: RouteMatch, tried: TriedCall) => explainCall([{ match: one }], tried).rule === 1;

describe("which rule answers", () => {
  it("is the first that takes the call, and says of every earlier one why not", () => {
    fc.assert(
      fc.property(rules, call, (list, tried) => {
        const { rule, tried: looked } = explainCall(list, tried);
        const first = list.findIndex((one) => takes(one.match, tried));
        expect(rule).toBe(first < 0 ? null : first + 1);
        expect(looked.map((one) => one.takes)).toEqual(
          list.slice(0, first < 0 ? list.length : first + 1).map((_, index) => index === first),
        );
      }),
    );
  });

  it("is a most specific one when the rules are ordered", () => {
    fc.assert(
      fc.property(rules, call, (list, tried) => {
        const ordered = orderRules(list);
        const { rule } = explainCall(ordered, tried);
        const fitting = list.filter((one) => takes(one.match, tried)).map((one) => latticeMatchOf(one.match));
        const answer = rule === null ? undefined : ordered[rule - 1];
        expect(answer === undefined).toBe(fitting.length === 0);
        if (answer !== undefined)
          for (const one of fitting) expect(compareSpecificity(latticeMatchOf(answer.match), one)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("never is one that an earlier rule covers", () => {
    fc.assert(
      fc.property(match, match, call, (wide, narrow, tried) => {
        if (covers(latticeMatchOf(wide), latticeMatchOf(narrow)) && takes(narrow, tried)) expect(takes(wide, tried)).toBe(true);
      }),
    );
  });

  it("compares paths letter by letter with case, header values without, and ignores the query", () => {
    const api: RouteMatch = { path: { type: "prefix", value: "/api" }, headers: [{ name: "X-Canary", value: "True" }] };
    const tried = (path: string, value: string): TriedCall => ({ method: "get", path, headers: [{ name: "x-canary", value }] });
    expect(takes(api, tried("/apiv2?x=1", "TRUE"))).toBe(true);
    expect(takes(api, tried("/API", "true"))).toBe(false);
    expect(explainCall([{ match: api }], tried("/other", "true"))).toMatchObject({
      rule: null,
      sentence: { messageKey: "routes.call.notFound" },
      tried: [{ rule: 1, takes: false, why: { messageKey: "routes.call.why.notPrefix", values: { path: "/api" } } }],
    });
  });

  it("sees a gRPC call as the POST it is", () => {
    const add = { match: { headers: [], grpc: { service: "shop.Cart", method: "Add" } } };
    const cart = { match: { headers: [], grpc: { service: "shop.Cart" } } };
    expect(explainCall([add, cart], grpcCall("shop.Cart", "Add")).rule).toBe(1);
    expect(explainCall([add, cart], grpcCall("shop.Cart", "Remove")).rule).toBe(2);
    expect(explainCall([add, cart], grpcCall("shop.CartV2", "Add")).rule).toBeNull();
  });
});

describe("order", () => {
  it("keeps every rule, is stable, and is recognised", () => {
    fc.assert(
      fc.property(rules, (list) => {
        const ordered = orderRules(list);
        expect(new Set(ordered)).toEqual(new Set(list));
        expect(ordered).toHaveLength(list.length);
        expect(isOrdered(ordered)).toBe(true);
        expect(orderRules(ordered)).toEqual(ordered);
        expect(isOrdered(list)).toBe(list.every((rule, index) => rule === ordered[index]));
      }),
    );
  });

  it("hides a rule only behind one that takes the very same calls", () => {
    fc.assert(
      fc.property(rules, (list) => {
        const matches = orderRules(list).map((one) => latticeMatchOf(one.match));
        for (const [index, own] of matches.entries())
          for (const earlier of matches.slice(0, index)) if (covers(earlier, own)) expect(covers(own, earlier)).toBe(true);
      }),
    );
  });
});

it("warns of what people regret, with the way out", () => {
  const backends = [
    { kubeService: "orders", weight: 0 },
    { kubeService: "orders-next", weight: 1 },
  ];
  const of = (path: string) => ({ match: { path: { type: "prefix" as const, value: path }, headers: [] }, backends: backends.slice(1) });
  expect(ruleWarnings([{ ...of("/api"), backends }, of("/api/v1/")])).toEqual([
    {
      rule: 1,
      code: "prefixTakesMore",
      message: { messageKey: "routes.warning.prefixTakesMore", values: { rule: 1, path: "/api", more: "/apiv2", slash: "/api/" } },
    },
    { rule: 1, code: "weightZero", message: { messageKey: "routes.warning.weightZero", values: { rule: 1, backend: "orders" } } },
    { rule: 2, code: "shadowed", message: { messageKey: "routes.warning.shadowed", values: { rule: 2, by: 1 } } },
    { rule: null, code: "noCatchAll", message: { messageKey: "routes.warning.noCatchAll", values: { rule: 0 } } },
    { rule: null, code: "notOrdered", message: { messageKey: "routes.warning.notOrdered", values: { rule: 0 } } },
  ]);
  expect(ruleWarnings([of("/api/"), of("/")])).toEqual([]);
});

it("says in words what a rule takes", () => {
  expect(ruleWords({ match: { headers: [] } }).messageKey).toBe("routes.rule.any");
  expect(ruleWords({ match: { path: { type: "prefix", value: "/" }, headers: [] } }).messageKey).toBe("routes.rule.any");
  expect(ruleWords({ match: { method: "GET", headers: [{ name: "x", value: "y" }] } })).toEqual({
    messageKey: "routes.rule.http",
    values: { method: "GET", pathType: "any", path: "/", headerCount: 1, headers: "x: y" },
  });
});
