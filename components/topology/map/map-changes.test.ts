import { describe, expect, it } from "vitest";
import { EXAMPLE, edge, exampleGraph, node } from "../../../lib/domain/topology/testing.ts";
import type { TopologyGraph } from "../../../lib/domain/topology/topology-graph.ts";
import { layOutMap } from "./lay-out-map.ts";
import type { LaidMap } from "./layout-keeper.ts";
import { joinChanges, mapChanges, NO_CHANGES } from "./map-changes.ts";
import { shown } from "./testing.ts";

const laid = (graph: TopologyGraph, before: LaidMap | null = null): LaidMap => {
  const view = shown(graph);
  return { map: "all", view, layout: layOutMap(view, before?.layout ?? null) };
};
const graph = exampleGraph();
const before = laid(graph);

describe("mapChanges", () => {
  it("finds none in the first drawing, in another map and where only ages changed", () => {
    const older = laid(
      exampleGraph((one) => ({ ...one, at: "2026-07-01T00:00:00.000Z" })),
      before,
    );
    expect([mapChanges(null, before), mapChanges({ ...before, map: "team=a" }, before), mapChanges(before, older)]).toEqual([
      NO_CHANGES,
      NO_CHANGES,
      NO_CHANGES,
    ]);
  });
  it("finds what is new, and nothing beside it", () => {
    const id = "cluster/m/team-a/new";
    const after = laid({ ...graph, nodes: [...graph.nodes, node(id, { parent: null })] }, before);
    const { boxes, lines } = mapChanges(before, after);
    const fresh = after.layout.boxes.filter(({ key }) => !before.layout.boxes.some((box) => box.key === key)).map(({ key }) => key);
    expect(fresh).toContain(id);
    expect([...boxes].sort()).toEqual([...fresh].sort());
    expect([...lines]).toEqual([]);
  });
  it("finds what says something else", () => {
    const after = laid(
      exampleGraph((one) => (one.id === EXAMPLE.orders ? { ...one, glyph: "failed" } : one)),
      before,
    );
    expect(mapChanges(before, after)).toEqual({ boxes: new Set([EXAMPLE.orders]), lines: new Set() });
  });
  it("finds lines that are new or in another state", () => {
    const after = laid({ ...graph, edges: [...graph.edges, edge("may-call", EXAMPLE.cart, EXAMPLE.pay, { glyph: "failed" })] }, before);
    const { boxes, lines } = mapChanges(before, after);
    expect([...boxes]).toEqual([]);
    expect([...lines]).toEqual(after.layout.lines.filter(({ glyph }) => glyph === "failed").map(({ key }) => key));
    expect(lines.size).toBe(1);
  });
});

describe("joinChanges", () => {
  it("holds both", () => {
    const one = { boxes: new Set(["a"]), lines: new Set<string>() };
    const other = { boxes: new Set(["b"]), lines: new Set(["c"]) };
    expect(joinChanges(NO_CHANGES, one)).toBe(one);
    expect(joinChanges(one, other)).toEqual({ boxes: new Set(["a", "b"]), lines: new Set(["c"]) });
  });
});
