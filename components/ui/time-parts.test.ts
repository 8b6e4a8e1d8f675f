import { describe, expect, it } from "vitest";
import { ageParts, durationParts, rangeParts } from "./time-parts.ts";

describe("ageParts", () => {
  it.each([
    [-5000, "now", 0],
    [999, "now", 0],
    [12_000, "seconds", 12],
    [59_999, "seconds", 59],
    [360_000, "minutes", 6],
    [3_600_000, "hours", 1],
    [47 * 3_600_000, "hours", 47],
    [48 * 3_600_000, "days", 2],
    [Number.NaN, "now", 0],
  ] as const)("reads %d ms as %s %d", (ms, unit, value) => {
    expect(ageParts(ms)).toEqual({ unit, value });
  });
});

describe("durationParts", () => {
  it.each([
    [4, "seconds", 4, 0],
    [581, "minutes", 9, 41],
    [3840, "hours", 1, 4],
    [200_000, "days", 2, 7],
  ] as const)("reads %d s as %s %d %d", (seconds, unit, major, minor) => {
    expect(durationParts(seconds)).toEqual({ unit, major, minor });
  });
});

describe("rangeParts", () => {
  it("says under a minute for short steps", () => {
    expect(rangeParts({ lowSeconds: 5, highSeconds: 50 })).toEqual({ unit: "underMinute", low: 0, high: 1 });
  });
  it("keeps seconds below two minutes", () => {
    expect(rangeParts({ lowSeconds: 20, highSeconds: 90 })).toEqual({ unit: "seconds", low: 20, high: 90 });
  });
  it("rounds to minutes and never turns the range round", () => {
    expect(rangeParts({ lowSeconds: 480, highSeconds: 720 })).toEqual({ unit: "minutes", low: 8, high: 12 });
    expect(rangeParts({ lowSeconds: 125, highSeconds: 121 })).toEqual({ unit: "minutes", low: 2, high: 2 });
  });
});
