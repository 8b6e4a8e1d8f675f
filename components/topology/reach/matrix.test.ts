import { describe, expect, it } from "vitest";
import { countMatrix, shownOf } from "./matrix-counts.ts";
import { moveInGrid } from "./matrix-keys.ts";
import { drawnPlaces, scrollTo } from "./matrix-window.ts";

const size = { rows: 50, columns: 200, pageRows: 10 };
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey });

describe("moveInGrid", () => {
  it.each([
    ["ArrowRight", false, { row: 5, column: 8 }],
    ["ArrowLeft", false, { row: 5, column: 6 }],
    ["ArrowUp", false, { row: 4, column: 7 }],
    ["ArrowDown", false, { row: 6, column: 7 }],
    ["Home", false, { row: 5, column: 0 }],
    ["End", false, { row: 5, column: 199 }],
    ["Home", true, { row: 0, column: 0 }],
    ["End", true, { row: 49, column: 199 }],
    ["PageUp", false, { row: 0, column: 7 }],
    ["PageDown", false, { row: 15, column: 7 }],
    ["ArrowRight", true, { row: 5, column: 199 }],
    ["ArrowDown", true, { row: 49, column: 7 }],
  ] as const)("moves with %s (Control %s)", (key, ctrlKey, to) => {
    expect(moveInGrid({ row: 5, column: 7 }, press(key, ctrlKey), size)).toEqual(to);
  });
  it("stays at the edges", () => {
    expect(moveInGrid({ row: 0, column: 0 }, press("ArrowUp"), size)).toEqual({ row: 0, column: 0 });
    expect(moveInGrid({ row: 49, column: 199 }, press("PageDown"), size)).toEqual({ row: 49, column: 199 });
  });
  it.each(["Enter", "Tab", "a", "Escape"])("leaves %s to the browser", (key) => {
    expect(moveInGrid({ row: 0, column: 0 }, press(key), size)).toBeNull();
  });
});

describe("drawnPlaces", () => {
  const axis = { offset: 0, view: 640, step: 28, count: 200 };
  it("draws what is in view and a little around it, of 200 far fewer", () => {
    expect(drawnPlaces(axis, -1)).toEqual(Array.from({ length: 26 }, (_, at) => at));
    const far = drawnPlaces({ ...axis, offset: 2800 }, -1);
    expect(far).toContain(100);
    expect(far).toContain(122);
    expect(far.length).toBeLessThan(34);
  });
  it("always draws the place that holds the focus", () => {
    expect(drawnPlaces({ ...axis, offset: 2800 }, 3)[0]).toBe(3);
    expect(drawnPlaces(axis, 199).at(-1)).toBe(199);
  });
  it("draws all of a small grid, once each", () => {
    expect(drawnPlaces({ ...axis, count: 3 }, 1)).toEqual([0, 1, 2]);
    expect(drawnPlaces({ ...axis, count: 0 }, 0)).toEqual([]);
  });
});

describe("scrollTo", () => {
  const axis = { offset: 280, view: 280, step: 28, count: 50 };
  it("brings a place into view and leaves one that is", () => {
    expect(scrollTo(2, axis)).toBe(56);
    expect(scrollTo(12, axis)).toBe(280);
    expect(scrollTo(30, axis)).toBe(31 * 28 - 280);
  });
});

describe("countMatrix and shownOf", () => {
  const outcomes = [{ verdict: "yes" }, { verdict: "no" }, { verdict: "unknown" }, { verdict: "no" }, { verdict: "no" }] as const;
  const cells = [
    [0, 0, 0],
    [0, 3, 1],
    [2, 3, 0],
  ];
  const service = { namespace: "a", name: "b", team: null, domainName: null, networks: [] };
  const matrix = { outcomes, cells, services: [service, service, service] };
  it("counts each answer, refusals first, the most frequent first", () => {
    expect(countMatrix(outcomes, cells)).toEqual({
      total: 9,
      yes: 5,
      no: 3,
      unknown: 1,
      outcomes: [
        { outcome: outcomes[3], count: 2 },
        { outcome: outcomes[1], count: 1 },
        { outcome: outcomes[2], count: 1 },
        { outcome: outcomes[0], count: 5 },
      ],
    });
  });
  it("keeps only callers and services with a refusal", () => {
    expect(shownOf(matrix, true)).toEqual({ rows: [1, 2], columns: [1, 2] });
    expect(shownOf(matrix, false)).toEqual({ rows: [0, 1, 2], columns: [0, 1, 2] });
  });
});
