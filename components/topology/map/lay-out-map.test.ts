import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aGraph, EXAMPLE, edge, exampleGraph, node } from "../../../lib/domain/topology/testing.ts";
import type { TopologyGraph } from "../../../lib/domain/topology/topology-graph.ts";
import { layOutMap } from "./lay-out-map.ts";
import type { MapBox, MapLayout } from "./map-layout.ts";
import { treeOf } from "./map-tree.ts";
import { shown } from "./testing.ts";

const boxOf = (layout: MapLayout, id: string): MapBox => {
  const found = layout.boxes.find(({ key, node: of }) => key === id || of === id);
  if (found === undefined) throw new Error(`${id} is not on the map`);
  return found;
};
const meet = (one: MapBox, other: MapBox) =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

/** Boxes of one container, and the accounts and buses among each other. */
function overlaps({ boxes }: MapLayout): readonly string[] {
  const groups = new Map<string | null, MapBox[]>();
  for (const box of boxes) groups.set(box.inside, [...(groups.get(box.inside) ?? []), box]);
  return [...groups.values()].flatMap((group) =>
    group.flatMap((one, at) => group.slice(at + 1).flatMap((other) => (meet(one, other) ? [`${one.key} ∩ ${other.key}`] : []))),
  );
}
function escapees({ boxes }: MapLayout): readonly string[] {
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  return boxes.flatMap((box) => {
    const outer = byKey.get(box.inside ?? "");
    if (outer === undefined) return box.inside === null ? [] : [`${box.key} is in nothing`];
    const fits = box.x >= outer.x && box.y >= outer.y && box.x + box.w <= outer.x + outer.w && box.y + box.h <= outer.y + outer.h;
    return fits ? [] : [`${box.key} leaves ${outer.key}`];
  });
}
const without = ({ nodes, edges }: TopologyGraph, gone: ReadonlySet<string>): TopologyGraph => ({
  nodes: nodes
    .filter(({ id }) => !gone.has(id))
    .map((one) => (one.parent !== null && gone.has(one.parent) ? { ...one, parent: null } : one)),
  edges: edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
});
const sound = (layout: MapLayout, graph: TopologyGraph) => {
  expect(overlaps(layout)).toEqual([]);
  expect(escapees(layout)).toEqual([]);
  const drawn = new Set(layout.boxes.map((box) => box.node));
  expect(graph.nodes.filter(({ id }) => !drawn.has(id)).map(({ id }) => id)).toEqual([]);
  expect(new Set(layout.boxes.map(({ key }) => key)).size).toBe(layout.boxes.length);
};

// Many layouts of random maps: on a busy machine more than the usual five seconds.
describe("layOutMap", { timeout: 60_000 }, () => {
  it("draws everything once, nothing over another, and everything inside its own box", () => {
    fc.assert(
      fc.property(aGraph, (graph) => {
        sound(layOutMap(shown(graph), null), graph);
      }),
      { numRuns: 60 },
    );
  });
  it("gives the same map for the same view", () => {
    fc.assert(
      fc.property(aGraph, (graph) => {
        expect(layOutMap(shown(graph), null)).toEqual(layOutMap(shown(graph), null));
      }),
      { numRuns: 30 },
    );
  });
  it("moves nothing that stays where it belongs, whatever comes and goes", () => {
    fc.assert(
      fc.property(aGraph, fc.infiniteStream(fc.boolean()), (graph, coin) => {
        const half = (share: () => boolean) => new Set(graph.nodes.flatMap(({ id }) => (share() ? [id] : [])));
        const one = without(
          graph,
          half(() => coin.next().value === true),
        );
        const two = without(
          graph,
          half(() => coin.next().value === true),
        );
        const before = layOutMap(shown(one), null);
        const after = layOutMap(shown(two), before);
        sound(after, two);
        const placesOf = (layout: MapLayout, view: TopologyGraph) => {
          const tree = treeOf(shown(view), layout.boxes);
          return new Map([
            ...tree.accounts.flatMap(({ key, vpcs, band }) =>
              vpcs.flatMap((vpc) =>
                vpc.cells.flatMap(({ id, kind, rows }) => [
                  [id, [key, vpc.key, band, kind].join()] as const,
                  ...rows.flatMap((row) => [[row.id, [key, vpc.key, band, id].join()] as const]),
                ]),
              ),
            ),
            ...tree.ports.map(({ id, band }) => [id, band] as const),
            ...tree.networks.map((id) => [id, "bus"] as const),
          ]);
        };
        const was = placesOf(before, one);
        for (const [id, place] of placesOf(after, two)) {
          if (was.get(id) !== place) continue;
          const { x, y } = boxOf(after, id);
          expect({ id, x, y }).toEqual({ id, x: boxOf(before, id).x, y: boxOf(before, id).y });
        }
      }),
      { numRuns: 60 },
    );
  });
  it("draws lines from corner to corner only, upright or level", () => {
    fc.assert(
      fc.property(aGraph, (graph) => {
        for (const { points, key } of layOutMap(shown(graph), null).lines)
          points.slice(1).forEach(([x, y], at) => {
            const [px, py] = points[at] ?? [x, y];
            expect({ key, straight: Math.abs(px - x) < 0.01 || Math.abs(py - y) < 0.01 }).toEqual({ key, straight: true });
          });
      }),
      { numRuns: 40 },
    );
  });
  it("puts a service on the side of its bus that faces what serves it, straight where it can", () => {
    const layout = layOutMap(shown(exampleGraph()), null);
    const cluster = boxOf(layout, EXAMPLE.checkout);
    const port = boxOf(layout, EXAMPLE.pay);
    expect(port.faces === "up").toBe(cluster.y < port.y);
  });
  it("says the share of the calls where a service has more than one place to send them", () => {
    const { lines } = layOutMap(shown(exampleGraph()), null);
    const labels = lines.filter(({ kind, from }) => kind === "serve" && from === EXAMPLE.orders).map(({ label }) => label);
    expect([...labels].sort()).toEqual(["25%", "75%"]);
    expect(lines.find(({ from }) => from === EXAMPLE.pay)?.label).toBeNull();
  });
  it("draws a caller as a line of its cluster to the bus of what it may call", () => {
    const { lines } = layOutMap(shown(exampleGraph()), null);
    expect(lines.find(({ kind }) => kind === "call")).toMatchObject({ from: EXAMPLE.storefront, to: EXAMPLE.network });
  });
  it("gives a place of their own to things whose place is not known", () => {
    const graph = { nodes: [node("cluster/m/team-a/lost"), node("consumer/role/x")], edges: [] };
    const layout = layOutMap(shown(graph), null);
    expect(boxOf(layout, "no-account").nowhere).toBe("no-account");
    expect(layout.boxes.find(({ key }) => key === boxOf(layout, "cluster/m/team-a/lost").inside)?.nowhere).toBe("no-vpc");
  });
  it("takes the worst of the edges that one line stands for", () => {
    const graph = exampleGraph();
    const second = edge("may-call", EXAMPLE.cart, EXAMPLE.pay, { glyph: "failed" });
    const { lines } = layOutMap(shown({ ...graph, edges: [...graph.edges, second] }), null);
    expect(lines.find(({ kind }) => kind === "call")?.glyph).toBe("failed");
  });
  it("lets many lines between two networks share one way, and few have ways of their own", () => {
    const lines = (count: number) => {
      const names = Array.from({ length: count }, (_, n) => `route/m/team-a/r${n}`);
      const graph: TopologyGraph = {
        nodes: [
          node("network/m/one"),
          node("network/m/two"),
          node("vpc/v", { parent: null }),
          node("cluster/m/team-a/c", { parent: "vpc/v" }),
          ...names.map((id) => node(id)),
        ],
        edges: [
          edge("associated-with", "vpc/v", "network/m/two"),
          ...names.map((id) => edge("associated-with", id, "network/m/one")),
          ...names.map((id) => edge("routes-to", id, "cluster/m/team-a/c")),
        ],
      };
      return layOutMap(shown(graph), null).lines.filter(({ kind }) => kind === "serve");
    };
    const ways = (count: number) => new Set(lines(count).map(({ points }) => Math.min(...points.map(([x]) => x)))).size;
    expect([lines(3).length, ways(3), lines(20).length, ways(20)]).toEqual([3, 3, 20, 1]);
  });
});
