import { describe, expect, it } from "vitest";
import { readAdvice, readCost, readQuota } from "./plan-data.ts";

describe("what a kind wrote beside its plan", () => {
  it("reads the quota and refuses another shape", () => {
    expect(readQuota({ unit: "clusters", limit: 20, used: 3, adds: 1, left: 16 })).toEqual({ limit: 20, used: 3, adds: 1, left: 16 });
    expect(readQuota({ limit: "20" })).toBeNull();
    expect(readQuota(null)).toBeNull();
  });
  it("reads the cost, keeps a line without a price, drops what is no line", () => {
    expect(
      readCost({
        monthly: 73,
        lines: [{ id: "control-plane", label: "Control plane", monthly: 73 }, { id: "x", label: "Odd", monthly: null }, "noise"],
        assumptions: ["a", 1],
      }),
    ).toEqual({
      monthly: 73,
      lines: [
        { id: "control-plane", label: "Control plane", monthly: 73 },
        { id: "x", label: "Odd", monthly: null },
      ],
      assumptions: ["a"],
    });
    expect(readCost({ lines: [] })).toBeNull();
  });
  it("reads the recommendation with its reasons", () => {
    expect(readAdvice({ recommendation: "namespace", sentence: "Enough.", reasons: ["One."] })).toEqual({
      recommendation: "namespace",
      sentence: "Enough.",
      reasons: ["One."],
    });
    expect(readAdvice({ recommendation: "namespace" })).toBeNull();
  });
});
