import { expect, it } from "vitest";
import { compareRules, findExtraRules, holdsExactly, type WantedRule } from "./compare-rules.ts";
import type { LatticeListener, LatticeRule } from "./lattice-facts.ts";

const canary: WantedRule = {
  match: { path: { type: "prefix", value: "/api/" }, headers: [{ name: "X-Canary", value: "True" }] },
  backends: [{ targetGroupId: "tg-next", weight: 1 }],
};
const weighted: WantedRule = {
  match: { path: { type: "prefix", value: "/api/" }, headers: [] },
  backends: [
    { targetGroupId: "tg-blue", weight: 90 },
    { targetGroupId: "tg-green", weight: 10 },
  ],
};
const rest: WantedRule = { match: { headers: [] }, backends: [{ targetGroupId: "tg-blue", weight: 1 }] };

function rule(priority: number, over: Partial<LatticeRule> = {}): LatticeRule {
  return {
    id: `rule-${priority}`,
    priority,
    isDefault: false,
    method: null,
    path: { type: "prefix", value: "/" },
    headers: [],
    action: { forward: [{ targetGroupId: "tg-blue", weight: 1 }], fixedStatus: null },
    ...over,
  };
}

const canaryRule = rule(1, {
  path: { type: "prefix", value: "/api/" },
  headers: [{ name: "x-canary", type: "exact", value: "true" }],
  action: { forward: [{ targetGroupId: "tg-next", weight: 1 }], fixedStatus: null },
});
const weightedRule = rule(2, {
  path: { type: "prefix", value: "/api/" },
  action: {
    forward: [
      { targetGroupId: "tg-green", weight: 10 },
      { targetGroupId: "tg-blue", weight: 90 },
    ],
    fixedStatus: null,
  },
});
const notFound = rule(0, { id: "rule-default", priority: null, isDefault: true, path: null, action: { forward: [], fixedStatus: 404 } });

function listener(rules: readonly LatticeRule[], protocol = "HTTPS"): LatticeListener {
  return { id: "listener-1", port: 443, protocol, rules: [...rules, notFound] };
}

const wanted = [canary, weighted, rest];
const results = (rules: readonly LatticeRule[]) => compareRules(wanted, listener(rules)).map(({ result }) => result);

it("is the same whatever the case of headers and the order of groups", () => {
  expect(results([canaryRule, weightedRule, rule(3)])).toEqual(["same", "same", "same"]);
  expect(holdsExactly(wanted, listener([canaryRule, weightedRule, rule(3)]))).toBe(true);
});

it("names what a half-deployed service lacks", () => {
  expect(results([canaryRule])).toEqual(["same", "absent", "absent"]);
  expect(results([])).toEqual(["absent", "absent", "absent"]);
});

it("tells other weights from other groups", () => {
  const fifty = { ...weightedRule.action, forward: weightedRule.action.forward.map((one) => ({ ...one, weight: 50 })) };
  expect(results([canaryRule, { ...weightedRule, action: fifty }, rule(3)])).toEqual(["same", "weights", "same"]);
  expect(compareRules(wanted, listener([{ ...weightedRule, action: fifty }]))[1]?.backends).toEqual([
    { targetGroupId: "tg-blue", weight: 90, latticeWeight: 50 },
    { targetGroupId: "tg-green", weight: 10, latticeWeight: 50 },
  ]);
  const moved = rule(3, { action: { forward: [{ targetGroupId: "tg-old", weight: 1 }], fixedStatus: null } });
  expect(results([canaryRule, weightedRule, moved])).toEqual(["same", "same", "groups"]);
  const fixed = rule(3, { action: { forward: [], fixedStatus: 500 } });
  expect(results([canaryRule, weightedRule, fixed])).toEqual(["same", "same", "groups"]);
});

it("sees rules in the wrong order", () => {
  expect(results([weightedRule, canaryRule, rule(3)])).toEqual(["same", "order", "same"]);
});

it("proves nothing while a group of ours is unknown", () => {
  const unknown: WantedRule = { ...rest, backends: [{ targetGroupId: null, weight: 1 }] };
  expect(compareRules([unknown], listener([rule(1)]))[0]).toMatchObject({ result: "unresolved", backends: [{ latticeWeight: null }] });
});

it("finds rules nobody wants, and rules that match in other ways", () => {
  const extra = rule(9, { method: "GET" });
  const contains = rule(3, { headers: [{ name: "x", type: "contains", value: "y" }] });
  expect(findExtraRules([rest], listener([rule(1), extra, contains]))).toEqual([extra, contains]);
  expect(holdsExactly([rest], listener([rule(1), extra]))).toBe(false);
});

it("compares a gRPC method with the path Lattice holds, with or without POST", () => {
  const grpc: WantedRule = { match: { headers: [], grpc: { service: "shop.Cart", method: "Add" } }, backends: rest.backends };
  const held = rule(1, { path: { type: "exact", value: "/shop.Cart/Add" } });
  expect(compareRules([grpc], listener([held]))[0]?.result).toBe("same");
  expect(compareRules([grpc], listener([{ ...held, method: "POST" }]))[0]?.result).toBe("same");
  expect(compareRules([grpc], listener([{ ...held, method: "GET" }]))[0]?.result).toBe("absent");
});

it("compares the one rule of a passthrough route with the listener's default action", () => {
  const forward: LatticeListener = {
    ...listener([], "TLS_PASSTHROUGH"),
    rules: [{ ...notFound, action: { forward: [{ targetGroupId: "tg-blue", weight: 1 }], fixedStatus: null } }],
  };
  expect(compareRules([rest], forward)[0]?.result).toBe("same");
  expect(holdsExactly([rest], forward)).toBe(true);
  expect(compareRules([rest], listener([], "TLS_PASSTHROUGH"))[0]?.result).toBe("groups");
});
