import { describe, expect, it } from "vitest";
import { budgetShare } from "./budget-share.ts";

const established = (count: number, isHolder: boolean) => budgetShare({ isHolder, count, isEstablished: true });
const joining = budgetShare({ isHolder: false, count: 1, isEstablished: false });

describe("budgetShare", () => {
  it("gives a replica that is alone the whole budget", () => {
    expect(established(1, true)).toBe(1);
  });

  it.each([2, 3, 5, 20])("never gives %i replicas more than the budget together, also while one more joins", (count) => {
    const others = Array.from({ length: count - 1 }, () => established(count, false));
    expect(others.reduce((sum, share) => sum + share, established(count, true) + joining)).toBeLessThanOrEqual(1 + 1e-9);
  });

  it("gives little to one that the others have not counted yet, also when it holds the lease", () => {
    expect(budgetShare({ isHolder: true, count: 2, isEstablished: false })).toBe(joining);
  });
});
