import { describe, expect, it } from "vitest";
import type { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { riskySides, type Side, sharesOf, twoSided, withWeights } from "./shift-weights.ts";

const side = (kubeService: string, weight: number, healthy: number | null): Side => ({
  backend: { cluster: "team-a/one", namespace: "a", kubeService, port: 80, weight },
  seen:
    healthy === null
      ? null
      : {
          importName: kubeService,
          cluster: "mgmt/team-a/one",
          namespace: "a",
          kubeService,
          port: 80,
          weight,
          latticeWeight: weight,
          sharePercent: weight,
          group: null,
          state: healthy === 0 ? "down" : "ok",
          glyph: healthy === 0 ? "failed" : "ok",
          sentence: "",
          healthy,
          total: 2,
          targets: [],
          at: null,
        },
});

describe("sharesOf", () => {
  it.each([
    [
      [90, 10],
      [90, 10],
    ],
    [
      [1, 2],
      [33.3, 66.7],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ] as const)("turns the weights %j into %j percent", (weights, shares) => {
    expect(sharesOf(weights)).toEqual(shares);
  });
});

describe("twoSided", () => {
  it("gives the rest to the first side", () => {
    expect([twoSided(25), twoSided(-3), twoSided(140)]).toEqual([
      [75, 25],
      [100, 0],
      [0, 100],
    ]);
  });
});

describe("riskySides", () => {
  const sides = [side("blue", 90, 2), side("green", 10, 0)];
  it("names a side without a healthy target that would take more calls", () => {
    expect(riskySides(sides, [50, 50]).map(({ backend }) => backend.kubeService)).toEqual(["green"]);
  });
  it("names a side of which nothing is known", () => {
    expect(riskySides([side("blue", 90, 2), side("green", 10, null)], [50, 50])).toHaveLength(1);
  });
  it("lets calls be taken away from a side that is down", () => {
    expect(riskySides(sides, [100, 0])).toEqual([]);
    expect(riskySides([side("blue", 90, 1), side("green", 10, 2)], [50, 50])).toEqual([]);
  });
});

describe("withWeights", () => {
  it("changes one rule and nothing else", () => {
    const rule = { match: { headers: [] }, backends: [side("blue", 90, 2).backend, side("green", 10, 2).backend] };
    const spec: Pick<RouteSpec, "rules"> = { rules: [rule, rule] };
    const changed = withWeights(asSpec(spec), 1, [0, 100]);
    expect(changed.rules.map(({ backends }) => backends.map(({ weight }) => weight))).toEqual([
      [90, 10],
      [0, 100],
    ]);
  });
});

// Only the rules are read and written.
function asSpec(spec: Pick<RouteSpec, "rules">): RouteSpec {
  return spec as RouteSpec;
}
