import { describe, expect, it } from "vitest";
import { latestTransition, withCondition, withReadySummary } from "./conditions.ts";
import { pace } from "./pace.ts";

const early = new Date("2026-01-01T00:00:00.400Z");
const late = new Date("2026-01-01T00:05:00Z");
const steps = ["VpcReady", "SubnetsReady"];

describe("CAPA's conditions", () => {
  it("keep their transition time until something about them changes", () => {
    const first = withCondition([], { type: "VpcReady", status: "False", severity: "Info", reason: "VpcCreationStarted" }, early);
    const same = withCondition(first, { type: "VpcReady", status: "False", severity: "Info", reason: "VpcCreationStarted" }, late);
    expect(same).toEqual([
      { type: "VpcReady", status: "False", severity: "Info", reason: "VpcCreationStarted", lastTransitionTime: "2026-01-01T00:00:00Z" },
    ]);
    const changed = withCondition(same, { type: "VpcReady", status: "True" }, late);
    expect(latestTransition(changed)).toBe("2026-01-01T00:05:00Z");
  });

  it("are summed up with a counter, the worst reason and Ready in front", () => {
    const one = withCondition([], { type: "VpcReady", status: "True" }, early);
    const failed = withCondition(
      one,
      { type: "SubnetsReady", status: "False", severity: "Error", reason: "SubnetsReconciliationFailed" },
      early,
    );
    expect(withReadySummary(failed, steps, late)[0]).toEqual({
      type: "Ready",
      status: "False",
      severity: "Error",
      reason: "SubnetsReconciliationFailed",
      message: "1 of 2 completed",
      lastTransitionTime: "2026-01-01T00:05:00Z",
    });
    const done = withCondition(failed, { type: "SubnetsReady", status: "True" }, late);
    expect(withReadySummary(done, steps, late)[0]).toMatchObject({ type: "Ready", status: "True" });
  });
});

describe("the pace", () => {
  it("gives each step its time divided by the speed, moved by at most a fifth, the same every time", () => {
    let now = 0;
    const due = () => pace(10, () => now);
    const atEnd = (clock: ReturnType<typeof due>) => {
      now = 0;
      clock.isDue("uid", "step", 100);
      for (now = 7_900; !clock.isDue("uid", "step", 100); now += 10);
      return now;
    };
    const first = atEnd(due());
    expect(first).toBeGreaterThanOrEqual(8_000);
    expect(first).toBeLessThanOrEqual(12_010);
    expect(atEnd(due())).toBe(first);
  });

  it("counts from the time the object shows when it was not watched from the start", () => {
    expect(pace(1, () => Date.parse("2026-01-01T01:00:00Z")).isDue("uid", "step", 60, "2026-01-01T00:00:00Z")).toBe(true);
    expect(pace(1, () => Date.parse("2026-01-01T01:00:00Z")).isDue("uid", "step", 60)).toBe(false);
  });
});
