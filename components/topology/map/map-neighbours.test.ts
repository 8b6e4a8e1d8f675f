import { describe, expect, it } from "vitest";
import { EXAMPLE, exampleGraph } from "../../../lib/domain/topology/testing.ts";
import { layOutMap } from "./lay-out-map.ts";
import { neighbourOf } from "./map-neighbours.ts";
import { shown } from "./testing.ts";

const layout = layOutMap(shown(exampleGraph()), null);
const boxOf = (id: string) => layout.boxes.find(({ key }) => key === id);

describe("neighbourOf", () => {
  it("goes along the row and back", () => {
    const [left, right] = [EXAMPLE.batch, EXAMPLE.checkout].sort((one, other) => (boxOf(one)?.x ?? 0) - (boxOf(other)?.x ?? 0));
    if (left === undefined || right === undefined) throw new Error("two clusters stand in one VPC");
    expect(neighbourOf(layout, left, "right")).toBe(right);
    expect(neighbourOf(layout, right, "left")).toBe(left);
  });
  it("goes along a line from a service to what serves it", () => {
    const port = boxOf(EXAMPLE.pay);
    const cluster = boxOf(EXAMPLE.checkout);
    if (port === undefined || cluster === undefined) throw new Error("both are drawn");
    expect(neighbourOf(layout, EXAMPLE.pay, cluster.y < port.y ? "up" : "down")).toBe(EXAMPLE.checkout);
  });
  it("ends at the edge of the map", () => {
    const top = [...layout.boxes].filter(({ node }) => node !== null).sort((one, other) => one.y - other.y)[0];
    expect(neighbourOf(layout, top?.key ?? "", "up")).toBeNull();
  });
  it("leads from every node to another one, and never to a place that stands for nothing", () => {
    for (const { key, node } of layout.boxes) {
      if (node === null) continue;
      const found = (["left", "right", "up", "down"] as const).map((direction) => neighbourOf(layout, key, direction));
      expect(found.some((one) => one !== null)).toBe(true);
      for (const one of found) if (one !== null) expect(boxOf(one)?.node).not.toBeNull();
    }
  });
});
