import fc from "fast-check";
import { expect, it } from "vitest";
import { message } from "../../domain/message.ts";
import { assembleGraph } from "../../domain/topology/assemble-graph.ts";
import { bareEdge, bareNode, type GraphPart, NO_PART } from "../../domain/topology/graph-part.ts";
import { createGraphStore } from "./graph-store.ts";

const sentence = message("topology.test");
const anId = fc.constantFrom("a", "b", "c", "d", "e", "f");
const aGlyph = fc.constantFrom("ok" as const, "failed" as const, "unknown" as const);
const aDraft = fc.record({ id: anId, glyph: aGlyph, rank: fc.constantFrom(0, 1, 2, 3) }).map(({ id, glyph, rank }) => ({
  node: bareNode({ id, kind: "cluster", name: id, sentence, glyph }),
  access: { type: "anyone" as const },
  rank,
}));
const anEdge = fc
  .record({ from: anId, to: anId, glyph: aGlyph })
  .map(({ from, to, glyph }) => bareEdge({ kind: "owns", from, to, sentence, glyph }));
const aPart: fc.Arbitrary<GraphPart> = fc
  .record({
    nodes: fc.uniqueArray(aDraft, { selector: ({ node }) => node.id, maxLength: 4 }),
    edges: fc.uniqueArray(anEdge, { selector: ({ id }) => id, maxLength: 4 }),
  })
  .map(({ nodes, edges }) => ({ nodes, edges, due: null }));
const anEvent = fc.record({ part: fc.constantFrom("p1", "p2", "p3", "p4", "p5"), says: fc.option(aPart, { nil: NO_PART }) });

it("is the graph from scratch, whatever events came in whatever order", () => {
  fc.assert(
    fc.property(fc.array(anEvent, { maxLength: 40 }), fc.boolean(), (events, isAsked) => {
      const store = createGraphStore();
      const last = new Map<string, GraphPart>();
      for (const { part, says } of events) {
        store.set(part, says);
        last.set(part, says);
        // Whoever asks in between must not change what is answered later.
        if (isAsked) store.graph();
      }
      expect(store.graph()).toEqual(assembleGraph(last));
    }),
  );
});

it("gives the same graph for the same parts in any order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anEvent, { selector: ({ part }) => part }), (events) => {
      const one = createGraphStore();
      const other = createGraphStore();
      for (const { part, says } of events) one.set(part, says);
      for (const { part, says } of [...events].reverse()) other.set(part, says);
      expect(one.graph()).toEqual(other.graph());
    }),
  );
});
