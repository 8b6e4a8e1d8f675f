"use client";
import { useMemo } from "react";
import type { LaidMap } from "./layout-keeper.ts";
import { type MapBox, UNJOINED } from "./map-layout.ts";
import type { BoxData, BoxNode, Mark } from "./map-nodes.tsx";
import type { ShownNode } from "./map-view.ts";

const DEPTH: Readonly<Record<MapBox["kind"], number>> = { account: 0, bus: 0, vpc: 1, cluster: 2, cell: 2, port: 2, row: 3, badge: 4 };

/** Lines are ours and sizes known: of a node that it had to measure, React Flow draws the whole once, in sight or not, and twice. */
const NO_HANDLES: NonNullable<BoxNode["handles"]> = [];

/** The boxes of the last drawing; there is one map on a page. */
let known: ReadonlyMap<string, BoxNode> = new Map();

type Looks = {
  readonly selected: string | null;
  readonly path: ReadonlySet<string> | null;
  readonly isOnly: boolean;
  readonly tabStop: string | null;
  readonly changed: ReadonlySet<string>;
};

/** The boxes as React Flow takes them. A box of which nothing changed keeps its identity, so that only what changed is drawn again. */
export function useBoxNodes({ view, layout }: LaidMap, { selected, path, isOnly, tabStop, changed }: Looks): readonly BoxNode[] {
  return useMemo(() => {
    const byId = new Map<string, ShownNode>(view.nodes.map((node) => [node.id, node]));
    const bands = new Map(layout.bands.map((band) => [band.id, band]));
    const counts = countsOf(view);
    const next = layout.boxes.map((box): BoxNode => {
      const node = box.node === null ? null : (byId.get(box.node) ?? null);
      const isOn = node !== null && path?.has(node.id) === true;
      const mark: Mark = node !== null && node.id === selected ? "selected" : isOn ? "on" : isOnly ? "off" : "plain";
      const isBus = box.kind === "bus";
      const data: BoxData = {
        box,
        node,
        mark: box.node === null && isOnly ? "off" : mark,
        isTabStop: box.key === tabStop,
        isChanged: changed.has(box.key),
        band: isBus ? (bands.get(box.band) ?? null) : null,
        counts: isBus && box.key !== UNJOINED ? (counts.get(box.key) ?? { services: 0, vpcs: 0 }) : null,
      };
      const before = known.get(box.key);
      if (before !== undefined && isSame(before.data, data)) return before;
      const { x, y, w: width, h: height } = box;
      // Only what changed may move: the transition is there for the one moment in which its place becomes another one.
      const className = data.isChanged ? "transition-transform duration-(--tr-calm) ease-(--tr-ease)" : "";
      const place = { position: { x, y }, width, height, measured: { width, height }, handles: NO_HANDLES, zIndex: DEPTH[box.kind] };
      return { id: box.key, type: box.kind, ...place, className, data: { ...data } };
    });
    known = new Map(next.map((one) => [one.id, one]));
    return next;
  }, [view, layout, selected, path, isOnly, tabStop, changed]);
}

function isSame(one: BoxData, other: BoxData): boolean {
  const { box } = one;
  const { x, y, w, h, faces } = other.box;
  return (
    box.x === x &&
    box.y === y &&
    box.w === w &&
    box.h === h &&
    box.faces === faces &&
    one.node === other.node &&
    one.mark === other.mark &&
    one.isTabStop === other.isTabStop &&
    one.isChanged === other.isChanged &&
    one.band?.portRows.up === other.band?.portRows.up &&
    one.counts?.services === other.counts?.services &&
    one.counts?.vpcs === other.counts?.vpcs
  );
}

function countsOf({ nodes, edges }: LaidMap["view"]): ReadonlyMap<string, { readonly services: number; readonly vpcs: number }> {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const counts = new Map<string, { services: number; vpcs: number }>();
  for (const { kind, from, to } of edges) {
    if (kind !== "associated-with") continue;
    const of = counts.get(to) ?? { services: 0, vpcs: 0 };
    const what = kinds.get(from);
    if (what === "vpc") of.vpcs += 1;
    if (what === "route" || what === "lattice-service") of.services += 1;
    counts.set(to, of);
  }
  return counts;
}
