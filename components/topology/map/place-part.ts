import type { MapBox } from "./map-layout.ts";
import { clusterHeight, SIZE } from "./map-sizes.ts";
import type { TreeAccount, TreeCell, TreeRow, TreeVpc } from "./map-tree.ts";

/** An account box with everything in it, its corner at 0, 0. */
export type Part = { readonly boxes: readonly MapBox[]; readonly w: number; readonly h: number };
type Draft = Omit<MapBox, "band" | "faces">;
type Options = {
  readonly faces: MapBox["faces"];
  /** How many cells stand behind each other, seen from the bus. */
  readonly depth: number;
  /** A name for this box that no other box of the account has. */
  readonly part: number;
};

const { cell, vpc, account } = SIZE;

/** Lays out one account; the cells nearest the bus come first, and no text stands between them and it. */
export function placePart(tree: TreeAccount, { faces, depth, part }: Options): Part {
  const up = faces === "up";
  const key = keyOf(tree.key, part);
  const inner = tree.vpcs.map((one) => placeVpc(one, { up, depth, key: keyOf(one.key, part), account: key }));
  const contentH = Math.max(0, ...inner.map(({ h }) => h));
  const contentW = inner.reduce((sum, { w }) => sum + w + vpc.gap, inner.length === 0 ? 0 : -vpc.gap);
  const w = Math.max(contentW + 2 * account.pad, account.least);
  const h = contentH + account.pad + account.label + (inner.length === 0 ? 10 : 0);
  const boxes: Draft[] = [
    { key, place: tree.key, kind: "account", node: tree.node, nowhere: tree.nowhere, inside: null, x: 0, y: 0, w, h },
  ];
  const top = up ? account.pad : account.label;
  let x = account.pad;
  inner.forEach(({ boxes: drafts, w: own, h: height }, at) => {
    const width = at === inner.length - 1 ? w - account.pad - x : own;
    // VPCs of one account end on one line, away from the bus; their cells stay beside it.
    const slack = up ? 0 : contentH - height;
    for (const box of drafts)
      boxes.push(
        box.kind === "vpc"
          ? { ...box, x: box.x + x, y: box.y + top, w: width, h: contentH }
          : { ...box, x: box.x + x, y: box.y + top + slack },
      );
    x += width + vpc.gap;
  });
  return { boxes: boxes.map((box) => ({ ...box, band: tree.band, faces })), w, h };
}

function keyOf(place: string, part: number): string {
  return part === 0 ? place : `${place}#${part}`;
}

type VpcOptions = { readonly up: boolean; readonly depth: number; readonly key: string; readonly account: string };

function placeVpc(
  tree: TreeVpc,
  { up, depth, key, account: inside }: VpcOptions,
): { readonly boxes: readonly Draft[]; readonly w: number; readonly h: number } {
  const columns = Math.max(1, Math.ceil(tree.cells.length / depth));
  const rows: TreeCell[][] = [];
  tree.cells.forEach((one, at) => {
    const row = Math.floor(at / columns);
    rows[row] = [...(rows[row] ?? []), one];
  });
  const heights = rows.map((row) => Math.max(...row.map(heightOf)));
  const contentH = heights.length === 0 ? vpc.empty - vpc.pad : heights.reduce((sum, height) => sum + height + cell.gap, -cell.gap);
  const w = columns * (cell.w + cell.gap) - cell.gap + 2 * vpc.pad;
  const h = contentH + vpc.label + vpc.pad;
  const boxes: Draft[] = [{ key, place: tree.key, kind: "vpc", node: tree.node, nowhere: tree.nowhere, inside, x: 0, y: 0, w, h }];
  let away = vpc.pad;
  rows.forEach((row, at) => {
    const height = heights[at] ?? cell.h;
    row.forEach((one, column) => {
      const x = vpc.pad + column * (cell.w + cell.gap);
      const y = up ? away : h - away - height;
      boxes.push(...placeCell(one, { inside: key, x, y, h: height }));
    });
    away += height + cell.gap;
  });
  return { boxes, w, h };
}

export function heightOf({ kind, rows }: TreeCell): number {
  return kind === "cluster" ? clusterHeight(rows.length) : cell.h;
}

/** A cell with its rows; `h` may be more than it needs. */
export function placeCell(
  one: TreeCell,
  at: { readonly inside: string; readonly x: number; readonly y: number; readonly h: number },
): readonly Draft[] {
  const box: Draft = { key: one.id, place: one.id, kind: one.kind, node: one.id, nowhere: null, w: cell.w, ...at };
  return [box, ...one.rows.flatMap((row, n) => placeRow(row, box, n))];
}

/** How many rows a cell of this height holds. */
export function rowsIn(height: number): number {
  return Math.floor((height - cell.h - SIZE.row.inset + 2) / SIZE.row.h);
}

export function placeRow({ id, badge }: TreeRow, inside: Pick<MapBox, "key" | "x" | "y">, n: number): readonly Draft[] {
  const x = inside.x + SIZE.row.inset;
  const y = inside.y + cell.h - 2 + n * SIZE.row.h;
  const w = cell.w - 2 * SIZE.row.inset;
  const row: Draft = { key: id, place: id, kind: "row", node: id, nowhere: null, inside: inside.key, x, y, w, h: SIZE.row.h - 2 };
  return badge === null ? [row] : [row, placeBadge(badge, row)];
}

export function placeBadge(id: string, row: Pick<MapBox, "key" | "x" | "y" | "w">): Draft {
  const { w, h } = SIZE.badge;
  return { key: id, place: id, kind: "badge", node: id, nowhere: null, inside: row.key, x: row.x + row.w - w - 2, y: row.y + 2, w, h };
}
