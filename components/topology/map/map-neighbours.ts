import type { MapBox, MapLayout } from "./map-layout.ts";

export type Direction = "left" | "right" | "up" | "down";

const LEVELS: readonly ReadonlySet<MapBox["kind"]>[] = [new Set(["port", "cluster", "cell"]), new Set(["row", "badge"])];

/** Where an arrow leads: left and right along the row, up and down along a line, else to what lies nearest there. null: the end. */
export function neighbourOf({ boxes, lines }: Pick<MapLayout, "boxes" | "lines">, key: string, direction: Direction): string | null {
  const from = boxes.find((box) => box.key === key);
  if (from === undefined) return null;
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const others = boxes.filter((box) => box.node !== null && box.key !== key);
  if (direction === "left" || direction === "right") {
    const sign = direction === "right" ? 1 : -1;
    const row = others.filter(
      (box) => isOfLevel(box, from) && box.y < from.y + from.h && from.y < box.y + box.h && (centre(box).x - centre(from).x) * sign > 0,
    );
    return nearest(row, (box) => Math.abs(centre(box).x - centre(from).x) + Math.abs(centre(box).y - centre(from).y));
  }
  const sign = direction === "down" ? 1 : -1;
  const isThere = (box: MapBox) => (centre(box).y - centre(from).y) * sign > 0;
  const joined = lines
    .flatMap(({ from: one, to: other }) => (one === key ? [other] : other === key ? [one] : []))
    .flatMap((at) => byKey.get(at) ?? []);
  const distance = (box: MapBox) => Math.abs(centre(box).y - centre(from).y) + 2 * Math.abs(centre(box).x - centre(from).x);
  const along = nearest(
    joined.filter((box) => box.node !== null && isThere(box)),
    distance,
  );
  return (
    along ??
    nearest(
      others.filter((box) => isThere(box) && !isAround(box, from)),
      distance,
    )
  );
}

/** Boxes go with boxes of their size: what stands in a cluster with its like, buses and accounts with theirs. */
function isOfLevel(one: MapBox, other: MapBox): boolean {
  const level = LEVELS.find((kinds) => kinds.has(other.kind));
  return level === undefined ? one.kind === other.kind : level.has(one.kind);
}

function isAround(outer: MapBox, inner: MapBox): boolean {
  return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.w >= inner.x + inner.w && outer.y + outer.h >= inner.y + inner.h;
}

function centre({ x, y, w, h }: MapBox): { readonly x: number; readonly y: number } {
  return { x: x + w / 2, y: y + h / 2 };
}

function nearest(boxes: readonly MapBox[], distance: (box: MapBox) => number): string | null {
  let best: { readonly key: string; readonly far: number } | null = null;
  for (const box of boxes) {
    const far = distance(box);
    if (best === null || far < best.far || (far === best.far && box.key < best.key)) best = { key: box.key, far };
  }
  return best?.key ?? null;
}
