import { describe, expect, it } from "vitest";
import { toDiffHunks } from "./diff-lines.ts";

const marks = (before: string | null, after: string | null) =>
  toDiffHunks(before, after).map(({ lines }) => lines.map(({ mark, number, text }) => `${mark}${number} ${text}`));

describe("toDiffHunks", () => {
  it("numbers lines by the side they belong to", () => {
    expect(marks("a: 1\nb: 2\nc: 3", "a: 1\nb: 5\nx: 9\nc: 3")).toEqual([[" 1 a: 1", "-2 b: 2", "+2 b: 5", "+3 x: 9", " 4 c: 3"]]);
  });
  it("shows a new object as all added and a removed one as all gone", () => {
    expect(marks(null, "a: 1\nb: 2\n")).toEqual([["+1 a: 1", "+2 b: 2"]]);
    expect(marks("a: 1\n", null)).toEqual([["-1 a: 1"]]);
  });
  it("splits far changes and says nothing about equal texts", () => {
    const lines = Array.from({ length: 30 }, (_, at) => `k${at}: 0`);
    const changed = lines.with(2, "k2: 1").with(25, "k25: 1");
    expect(toDiffHunks(lines.join("\n"), changed.join("\n"))).toHaveLength(2);
    expect(toDiffHunks("a: 1", "a: 1\n")).toEqual([]);
  });

  const backends = (...sides: readonly (readonly [string, number])[]) =>
    [
      "rules:",
      "  - backendRefs:",
      ...sides.flatMap(([name, weight]) => [`      - kind: X`, `        name: ${name}`, `        weight: ${weight}`]),
    ].join("\n");

  it("compares members of a list by their name, not by where they stand", () => {
    expect(marks(backends(["a", 90], ["b", 10]), backends(["b", 10]))).toEqual([
      [
        " 1 rules:",
        " 2   - backendRefs:",
        "-3       - kind: X",
        "-4         name: a",
        "-5         weight: 90",
        " 3       - kind: X",
        " 4         name: b",
        " 5         weight: 10",
      ],
    ]);
    expect(marks(backends(["a", 1]), backends(["b", 1]))).toEqual([
      [
        " 1 rules:",
        " 2   - backendRefs:",
        "-3       - kind: X",
        "-4         name: a",
        "-5         weight: 1",
        "+3       - kind: X",
        "+4         name: b",
        "+5         weight: 1",
      ],
    ]);
  });

  it("shows only the changed line of a member that kept its name", () => {
    expect(marks(backends(["a", 90], ["b", 10]), backends(["a", 50], ["b", 10]))[0]?.filter((line) => !line.startsWith(" "))).toEqual([
      "-5         weight: 90",
      "+5         weight: 50",
    ]);
  });

  it("leaves texts alone that only look like lists", () => {
    expect(marks("text: |\n  - not\n  a list", "text: |\n  - not\n  a list at all")).toEqual([
      [" 1 text: |", " 2   - not", "-3   a list", "+3   a list at all"],
    ]);
  });
});
