import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPatch } from "./apply-patch.ts";
import type { WholeGraph } from "./assemble-graph.ts";
import { createTopologyView } from "./create-topology-view.ts";
import { dependentsOf } from "./dependents-of.ts";
import { diffViews } from "./diff-views.ts";
import { filterGraph } from "./filter-graph.ts";
import { foldGraph } from "./fold-graph.ts";
import { neighbourhood } from "./neighbourhood.ts";
import { pathOf } from "./path-of.ts";
import { steadyView } from "./steady-view.ts";
import { aGraph, EXAMPLE, edge, exampleGraph, node } from "./testing.ts";
import { toMermaid } from "./to-mermaid.ts";
import { linksOf, type TopologyGraph } from "./topology-graph.ts";
import { isKnownTroubled, isTroubled } from "./topology-health.ts";
import { TopologyPatch, TopologyView } from "./topology-view.ts";

const e = EXAMPLE;
const idsOf = ({ nodes }: TopologyGraph) => nodes.map(({ id }) => id);
const ill = (id: string) => (one: ReturnType<typeof node>) => (one.id === id ? { ...one, glyph: "failed" as const } : one);

/** What must be drawn whatever is asked: these, both ends of such a link, and what all that is drawn in. */
function mustBeDrawn(graph: TopologyGraph, isHeld: typeof isTroubled): readonly string[] {
  const links = linksOf(graph);
  const found = new Set([
    ...graph.nodes.filter(isHeld).map(({ id }) => id),
    ...graph.edges.filter(isHeld).flatMap(({ from, to }) => [from, to]),
  ]);
  for (const id of [...found]) if (links.node(id)?.kind !== "vpc") for (const { to } of links.out(id, "associated-with")) found.add(to);
  for (const id of [...found]) for (const outer of links.ancestors(id)) found.add(outer.id);
  return [...found];
}

describe("foldGraph", () => {
  const asked = fc.record({ max: fc.integer({ min: 1, max: 40 }), expand: fc.array(fc.nat(200)), collapse: fc.array(fc.nat(200)) });

  it("never hides what is not healthy, and loses nothing", () => {
    fc.assert(
      fc.property(aGraph, asked, (graph, { max, expand, collapse }) => {
        const name = (n: number) => graph.nodes[n % graph.nodes.length]?.id ?? "";
        const folded = foldGraph(graph, { max, expand: expand.map(name), collapse: collapse.map(name) });
        const ids = new Set(idsOf(folded));
        const known = mustBeDrawn(graph, isKnownTroubled);
        expect(known.filter((id) => !ids.has(id))).toEqual([]);
        const must = mustBeDrawn(graph, isTroubled);
        if (must.length <= max) expect(must.filter((id) => !ids.has(id))).toEqual([]);
        expect(folded.nodes.length + Object.values(folded.folded).reduce((sum, count) => sum + count, 0)).toBe(graph.nodes.length);
        expect(folded.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
        expect(folded.nodes.filter(({ parent }) => parent !== null && !ids.has(parent))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("stays within the limit unless those known to be unhealthy alone are more", () => {
    fc.assert(
      fc.property(aGraph, fc.integer({ min: 1, max: 40 }), (graph, max) => {
        expect(foldGraph(graph, { max }).nodes.length).toBeLessThanOrEqual(Math.max(max, mustBeDrawn(graph, isKnownTroubled).length));
      }),
    );
  });

  it("folds what nobody knows anything of only after all that is healthy, and counts it as unknown", () => {
    fc.assert(
      fc.property(aGraph, fc.integer({ min: 1, max: 40 }), (graph, max) => {
        const { nodes, folded } = foldGraph(graph, { max });
        if ((folded.unknown ?? 0) === 0) return;
        const kept = new Set(mustBeDrawn(graph, isTroubled));
        expect(nodes.filter((one) => !isTroubled(one) && !kept.has(one.id)).length).toBe(0);
      }),
    );
  });

  it("keeps a small map as it is", () => {
    const graph = exampleGraph();
    expect(foldGraph(graph)).toEqual({ ...graph, folded: {} });
  });

  it("folds parts into their clusters first, so that a route still leads there with its weights", () => {
    const graph = exampleGraph();
    const { nodes, edges, folded } = foldGraph(graph, { max: 13 });
    expect(folded).toEqual({ ok: 6 });
    expect(nodes.find(({ id }) => id === e.checkout)?.folded).toEqual({ count: 4, byGlyph: { ok: 4 } });
    expect(edges.filter(({ kind }) => kind === "routes-to").map(({ from, to, weight }) => [from, to, weight])).toEqual([
      [e.orders, e.batch, 25],
      [e.orders, e.checkout, 75],
      [e.pay, e.checkout, 100],
    ]);
  });

  it("counts more routes of a network instead of drawing them", () => {
    const many = Array.from({ length: 700 }, (_, n) => node(`route/m/team-a/r${String(n).padStart(3, "0")}`));
    const graph = { nodes: [node(e.network), ...many], edges: many.map(({ id }) => edge("associated-with", id, e.network)) };
    const { nodes } = foldGraph({ ...graph, nodes: graph.nodes.map(ill("route/m/team-a/r650")) });
    expect(nodes).toHaveLength(500);
    expect(nodes.find(({ id }) => id === e.network)?.folded?.count).toBe(201);
    expect(idsOf({ nodes, edges: [] })).toContain("route/m/team-a/r650");
  });

  it("draws closed what is asked to be closed, and open what is asked to be open", () => {
    const closed = foldGraph(exampleGraph(), { collapse: [e.vpcA] });
    expect(idsOf(closed)).not.toContain(e.checkout);
    expect(closed.nodes.find(({ id }) => id === e.vpcA)?.folded?.count).toBe(8);
    const open = foldGraph(exampleGraph(), { max: 15, expand: [e.checkout] });
    expect(idsOf(open)).toEqual(expect.arrayContaining([e.ksA, e.tgA, e.ksPay, e.tgPay]));
    expect(idsOf(open)).not.toContain(e.ksB);
  });
});

describe("diffViews and applyPatch", () => {
  const view = (graph: TopologyGraph): TopologyView => createTopologyView(graph, {}, []);

  it("makes the second view of the first", () => {
    fc.assert(
      fc.property(aGraph, aGraph, (one, other) => {
        const [before, after] = [view(one), view(other)];
        const patch = diffViews(before, after);
        if (patch === null) expect(after).toEqual(before);
        else expect(applyPatch(before, patch)).toEqual(after);
      }),
    );
    const [before, after] = [view(exampleGraph()), view(exampleGraph(ill(e.orders)))];
    expect(TopologyView.parse(after)).toEqual(after);
    expect(TopologyPatch.parse(diffViews(before, after))).toEqual(diffViews(before, after));
  });

  it("says nothing of what did not change, and keeps its identity", () => {
    const before = view(exampleGraph());
    expect(diffViews(before, view(exampleGraph()))).toBeNull();
    const patch = diffViews(before, view(exampleGraph(ill(e.orders))));
    expect(patch?.nodes.map(({ id }) => id)).toEqual([e.orders]);
    expect(patch?.edges).toEqual([]);
    const after = patch === null ? before : applyPatch(before, patch);
    expect(after.nodes.filter((one, n) => one !== before.nodes[n]).map(({ id }) => id)).toEqual([e.orders]);
    expect(after.edges).toBe(before.edges);
  });

  it("says an age as an age", () => {
    const at = (time: string) => view(exampleGraph((one) => ({ ...one, at: time })));
    const [before, soon, later] = [at("2026-11-22T12:00:00.000Z"), at("2026-11-22T12:00:05.000Z"), at("2026-11-22T12:00:40.000Z")];
    expect(diffViews(before, steadyView(before, soon))).toBeNull();
    const patch = diffViews(before, steadyView(before, later));
    expect(patch?.nodes).toEqual([]);
    expect(patch?.ages.map((one) => [one.at, one.ids.length])).toEqual([["2026-11-22T12:00:40.000Z", before.nodes.length]]);
  });
});

describe("pathOf", () => {
  it("follows the calls through a route, from who calls to what answers", () => {
    const path = pathOf(exampleGraph(), e.orders);
    expect([...path.nodes].sort()).toEqual(
      [e.orders, e.cart, e.storefront, e.vpcB, e.account, e.network, e.tgA, e.tgB, e.ksA, e.ksB, e.checkout, e.batch, e.vpcA].sort(),
    );
    expect(path.edges).toContain(`associated-with:${e.vpcB}>${e.network}`);
    expect(path.edges).not.toContain(`associated-with:${e.pay}>${e.network}`);
  });

  it("goes through a provider cluster to its callers, not to what other routes use", () => {
    const { nodes } = pathOf(exampleGraph(), e.batch);
    expect(nodes).toContain(e.cart);
    expect(nodes).not.toContain(e.tgA);
    expect(nodes).not.toContain(e.pay);
  });

  it("starts at a calling cluster and at a caller", () => {
    for (const id of [e.storefront, e.cart]) {
      const { nodes } = pathOf(exampleGraph(), id);
      expect(nodes).toContain(e.orders);
      expect(nodes).toContain(e.checkout);
      expect(nodes).not.toContain(e.pay);
    }
  });

  it("leads over what stands for folded parts, and only over nodes and links that are there", () => {
    const folded = foldGraph(exampleGraph(), { max: 12 });
    expect(pathOf(folded, e.orders).nodes).toContain(e.checkout);
    fc.assert(
      fc.property(aGraph, fc.nat(), fc.integer({ min: 1, max: 30 }), (graph, n, max) => {
        const drawn = foldGraph(graph, { max });
        const [ids, edges] = [new Set(idsOf(drawn)), new Set(drawn.edges.map(({ id }) => id))];
        const path = pathOf(drawn, drawn.nodes[n % drawn.nodes.length]?.id ?? "");
        expect([...path.nodes].filter((id) => !ids.has(id))).toEqual([]);
        expect([...path.edges].filter((id) => !edges.has(id))).toEqual([]);
      }),
    );
  });

  it("is empty for what is not there", () => expect(pathOf(exampleGraph(), "cluster/nowhere").nodes.size).toBe(0));
});

describe("neighbourhood", () => {
  it("shows who calls a cluster's routes within two steps, not everything in its network", () => {
    const ids = idsOf(neighbourhood(exampleGraph(), e.batch, 2));
    expect(ids).toEqual(expect.arrayContaining([e.batch, e.orders, e.network, e.cart, e.vpcA, e.account]));
    expect(ids).not.toContain(e.pay);
  });

  it("shows what stands in a VPC", () => {
    expect(idsOf(neighbourhood(exampleGraph(), e.vpcB, 1))).toEqual(expect.arrayContaining([e.vpcB, e.storefront, e.network, e.account]));
  });

  it("grows with the depth and keeps its middle", () => {
    fc.assert(
      fc.property(aGraph, fc.nat(), (graph, n) => {
        const id = graph.nodes[n % graph.nodes.length]?.id ?? "";
        const [near, far] = [new Set(idsOf(neighbourhood(graph, id, 1))), new Set(idsOf(neighbourhood(graph, id, 3)))];
        expect(near.has(id)).toBe(true);
        expect([...near].filter((one) => !far.has(one))).toEqual([]);
      }),
    );
  });
});

describe("filterGraph", () => {
  it("keeps a team's things with what they are drawn in", () => {
    const ids = idsOf(filterGraph(exampleGraph(), { team: "shop" }));
    expect(ids.sort()).toEqual([e.cart, e.storefront, e.vpcB, e.account].sort());
  });

  it("shows a route by name with its whole way", () => {
    const ids = idsOf(filterGraph(exampleGraph(), { q: "team-payments/pay" }));
    expect(ids).toEqual(expect.arrayContaining([e.pay, e.network, e.tgPay, e.ksPay, e.checkout]));
    expect(ids).not.toContain(e.orders);
  });

  it("keeps a network with all that is joined to it", () => {
    expect(idsOf(filterGraph(exampleGraph(), { network: "net-dev" })).sort()).toEqual([e.other, e.account].sort());
    expect(idsOf(filterGraph(exampleGraph(), { network: "net-prod" }))).toEqual(
      expect.arrayContaining([e.orders, e.pay, e.cart, e.checkout]),
    );
  });

  it("shows only what is unhealthy, and where", () => {
    expect(idsOf(filterGraph(exampleGraph(ill(e.orders)), { health: "unhealthy" })).sort()).toEqual(
      [e.orders, e.network, e.account].sort(),
    );
    const { nodes, edges } = exampleGraph();
    const blocked = { nodes, edges: edges.map((one) => (one.kind === "may-call" ? { ...one, glyph: "failed" as const } : one)) };
    expect(idsOf(filterGraph(blocked, { health: "unhealthy" }))).toEqual(expect.arrayContaining([e.cart, e.storefront, e.orders]));
  });
});

describe("dependentsOf", () => {
  const at = new Date("2026-11-22T12:00:00.000Z");
  const whole = ({ nodes, edges } = exampleGraph()): WholeGraph => ({
    drafts: nodes.map((one) => ({ node: one, access: { type: "anyone" }, rank: 1 })),
    edges,
  });
  const named = (id: string, graph = exampleGraph()) =>
    dependentsOf(whole(graph), id, at).dependents.map(({ kind, name, sentence }) => [kind, name, sentence.messageKey]);

  it("names the routes that lose a cluster, and no caller of one that keeps a place", () => {
    expect(named(e.checkout)).toEqual([
      ["route", "orders", "topology.impact.losesSome"],
      ["route", "pay", "topology.impact.losesAll"],
    ]);
    expect(dependentsOf(whole(), e.checkout, at).sentence.values).toEqual({ routes: 2, consumers: 0, clusters: 0, teams: 1 });
  });

  it("names the callers of a route, and what is published in a network", () => {
    expect(named(e.orders)).toEqual([["consumer", "cart", "topology.impact.calls"]]);
    expect(named(e.network)).toEqual([
      ["route", "orders", "topology.impact.publishedHere"],
      ["route", "pay", "topology.impact.publishedHere"],
      ["consumer", "cart", "topology.impact.calls"],
    ]);
  });

  it("names who calls from inside it", () => {
    expect(named(e.storefront)).toEqual([["consumer", "cart", "impact.callsFromHere"]]);
  });

  it("leaves out callers that are cut off and places that get no calls", () => {
    const graph = exampleGraph();
    const cut = graph.edges.map((one) => (one.kind === "may-call" ? { ...one, glyph: "failed" as const } : one));
    expect(named(e.orders, { ...graph, edges: cut })).toEqual([]);
    const idle = graph.edges.map((one) => (one.kind === "routes-to" ? { ...one, weight: 0 } : one));
    expect(named(e.checkout, { ...graph, edges: idle })).toEqual([]);
  });

  it("finds nobody where nobody depends", () => {
    expect(dependentsOf(whole(), e.other, at)).toEqual({
      sentence: { messageKey: "topology.impact.nobody", values: {} },
      dependents: [],
      cut: 0,
      at: at.toISOString(),
    });
    expect(named("cluster/nowhere")).toEqual([]);
  });
});

describe("toMermaid", () => {
  it("writes boxes, links with weights, and marks what is not well", () => {
    const text = toMermaid(exampleGraph(ill(e.pay)));
    expect(text).toContain("flowchart TB");
    expect(text).toMatch(/subgraph n\d+\["account: prod, ok"\]/);
    expect(text).toMatch(/n\d+ -->\|75%\| n\d+/);
    expect(text).toMatch(/class n\d+ ill/);
  });

  it("lets no name out of its label", () => {
    const name = `x"]\nclick n0 "javascript:alert(1)"\n%%{init: {}}%%<script>`;
    const text = toMermaid({ nodes: [node(e.orders, { name })], edges: [] });
    expect(text.split("\n")).toHaveLength(3);
    expect(text).not.toMatch(/[<>{}%]|click n0 "/);
  });
});
