import { describe, expect, it } from "vitest";
import type { RouteSpec } from "./route-input.ts";
import { RouteCaller } from "./route-input.ts";
import { saysWholeSpec, specOfInputs } from "./spec-of-inputs.ts";

const caller = RouteCaller.parse({
  team: "shop",
  name: "cart",
  principal: { type: "cluster", cluster: "team-shop/storefront" },
  methods: ["GET"],
  paths: ["/v1/*"],
});
const spec: RouteSpec = {
  network: "net-prod",
  protocol: "http",
  listener: "https",
  rules: [
    {
      match: { headers: [] },
      backends: [{ cluster: "team-payments/checkout", namespace: "payments", kubeService: "orders", port: 80, weight: 1 }],
    },
  ],
  healthCheck: {
    enabled: true,
    path: "/",
    intervalSeconds: 10,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    statusMatch: "200",
  },
  access: { type: "callers", callers: [{ ...caller, name: "catalog" }] },
  visibility: "organisation",
};
const created = { kind: "route.create", input: { name: "orders", ...spec } };
const changed = (input: object) => ({ kind: "route.change", input: { namespace: "team-payments", name: "orders", ...input } });

describe("specOfInputs", () => {
  it("gives what was created", () => {
    expect(specOfInputs([created])).toEqual(spec);
  });
  it("gives what the last whole change said", () => {
    const later = { ...spec, visibility: "team" as const };
    expect(specOfInputs([created, changed({ spec: later })])).toEqual(later);
  });
  it("adds the callers that other teams asked for", () => {
    expect(specOfInputs([created, changed({ addCaller: caller })])?.access).toEqual({
      type: "callers",
      callers: [{ ...caller, name: "catalog" }, caller],
    });
  });
  it("proposes nothing from an input it cannot read", () => {
    expect(specOfInputs([changed({ addCaller: caller })])).toBeNull();
    expect(specOfInputs([created, { kind: "cluster.create", input: {} }])).toBeNull();
  });
});

describe("saysWholeSpec", () => {
  it("tells a whole spec from an addition", () => {
    expect([created, changed({ spec }), changed({ addCaller: caller })].map(saysWholeSpec)).toEqual([true, true, false]);
  });
});
