import type { MapBox, MapLayout } from "./map-layout.ts";
import { SIZE } from "./map-sizes.ts";
import type { MapTree, TreeAccount, TreeCell, TreeRow, TreeVpc } from "./map-tree.ts";
import { heightOf, placeBadge, placeCell, placeRow, rowsIn } from "./place-part.ts";

/** What stands where it stood, newcomers that found room beside it, and what has to be given a new place. */
export type Kept = { readonly boxes: readonly MapBox[]; readonly rest: readonly TreeAccount[] };

/** Nothing that stays is moved: newcomers take what is free in the box they belong to; the rest waits for a box of its own. */
export function keepBoxes(tree: MapTree, previous: MapLayout | null): Kept {
  if (previous === null) return { boxes: [], rest: tree.accounts };
  const before = new Map(previous.boxes.map((box) => [box.key, box]));
  const kept = new Map<string, MapBox>();
  const keep = (box: MapBox) => kept.set(box.key, box);
  const vpcBoxes = (account: TreeAccount, { key }: TreeVpc) =>
    previous.boxes.filter(
      (box) => box.kind === "vpc" && box.place === key && box.band === account.band && before.get(box.inside ?? "")?.place === account.key,
    );
  const rest: TreeAccount[] = [];
  for (const account of tree.accounts) {
    const accountBoxes = previous.boxes.filter(
      ({ kind, place, band }) => kind === "account" && place === account.key && band === account.band,
    );
    accountBoxes.forEach(keep);
    const vpcs: TreeVpc[] = [];
    for (const vpc of account.vpcs) {
      const boxes = vpcBoxes(account, vpc);
      boxes.forEach(keep);
      const cells = boxes.length === 0 ? vpc.cells : keepCells(vpc, boxes, { before, kept });
      if (boxes.length === 0 || cells.length > 0) vpcs.push({ ...vpc, cells });
    }
    if (accountBoxes.length === 0 || vpcs.length > 0) rest.push({ ...account, vpcs });
  }
  return { boxes: withoutEmptyParts([...kept.values()]), rest };
}

/** A second box of an account goes when nothing is left in it. */
function withoutEmptyParts(boxes: readonly MapBox[]): readonly MapBox[] {
  const isEmpty = (box: MapBox, among: readonly MapBox[]) => box.key !== box.place && !among.some(({ inside }) => inside === box.key);
  const vpcs = boxes.filter((box) => box.kind !== "vpc" || !isEmpty(box, boxes));
  return vpcs.filter((box) => box.kind !== "account" || !isEmpty(box, vpcs));
}

type State = { readonly before: ReadonlyMap<string, MapBox>; readonly kept: Map<string, MapBox> };

/** The cells that found no room. */
function keepCells(vpc: TreeVpc, boxes: readonly MapBox[], { before, kept }: State): readonly TreeCell[] {
  const inThisVpc = new Set(boxes.map(({ key }) => key));
  const stood = (id: string, kind: MapBox["kind"]) => {
    const box = before.get(id);
    return box?.kind === kind && inThisVpc.has(box.inside ?? "") ? box : undefined;
  };
  const rest: TreeCell[] = [];
  const fresh: TreeCell[] = [];
  for (const cell of vpc.cells) {
    const box = stood(cell.id, cell.kind);
    if (box === undefined) {
      fresh.push(cell);
      continue;
    }
    kept.set(box.key, box);
    const stoodAlone = (id: string) => stood(id, "cell") !== undefined;
    for (const lone of keepRows(cell.rows, box, { before, kept, stoodAlone })) {
      const alone = stood(lone, "cell");
      if (alone === undefined) fresh.push({ id: lone, kind: "cell", rows: [] });
      else kept.set(lone, alone);
    }
  }
  const free = boxes.flatMap((box) => spotsOf(box, [...before.values()], [...kept.values()]));
  for (const cell of fresh) {
    const at = free.findIndex(({ h }) => heightOf(cell) <= h);
    const [spot] = at === -1 ? [] : free.splice(at, 1);
    if (spot === undefined) rest.push(cell);
    else for (const box of placeCell(cell, spot)) kept.set(box.key, { ...box, band: spot.band, faces: spot.faces });
  }
  return rest;
}

/** The rows and badges that found no room in their cluster. */
function keepRows(
  rows: readonly TreeRow[],
  cell: MapBox,
  { before, kept, stoodAlone }: State & { readonly stoodAlone: (id: string) => boolean },
): readonly string[] {
  const { band, faces } = cell;
  const stood = (id: string, kind: MapBox["kind"], inside: string) => {
    const box = before.get(id);
    return box?.kind === kind && box.inside === inside ? box : undefined;
  };
  const fresh: TreeRow[] = [];
  const lone: string[] = [];
  for (const { id, badge: wanted } of rows) {
    const apart = wanted !== null && stoodAlone(wanted);
    if (apart) lone.push(wanted);
    const row: TreeRow = { id, badge: apart ? null : wanted };
    const box = stood(id, "row", cell.key);
    if (box === undefined) {
      if (stoodAlone(id)) lone.push(id, ...(row.badge === null ? [] : [row.badge]));
      else fresh.push(row);
      continue;
    }
    kept.set(box.key, box);
    if (row.badge === null) continue;
    const badge = stood(row.badge, "badge", box.key);
    kept.set(row.badge, badge ?? { ...placeBadge(row.badge, box), band, faces });
  }
  const taken = new Set([...kept.values()].filter(({ inside }) => inside === cell.key).map(({ y }) => y));
  const free = Array.from({ length: Math.max(0, rowsIn(cell.h)) }, (_, n) => n).filter(
    (n) => !taken.has(cell.y + SIZE.cell.h - 2 + n * SIZE.row.h),
  );
  for (const row of fresh) {
    const n = free.shift();
    if (n === undefined) lone.push(row.id, ...(row.badge === null ? [] : [row.badge]));
    else for (const box of placeRow(row, cell, n)) kept.set(box.key, { ...box, band, faces });
  }
  return lone;
}

type Spot = Pick<MapBox, "inside" | "x" | "y" | "h" | "band" | "faces"> & { readonly inside: string };

/** Where cells stand or stood in a VPC, and nobody does now. */
function spotsOf(vpc: MapBox, before: readonly MapBox[], kept: readonly MapBox[]): Spot[] {
  const step = SIZE.cell.w + SIZE.cell.gap;
  const columns = Math.max(1, Math.floor((vpc.w - 2 * SIZE.vpc.pad + SIZE.cell.gap) / step));
  const rows = new Map(before.filter(({ inside }) => inside === vpc.key).map(({ y, h }) => [y, h]));
  const here = kept.filter(({ inside }) => inside === vpc.key);
  return [...rows].flatMap(([y, h]) =>
    Array.from({ length: columns }, (_, column) => vpc.x + SIZE.vpc.pad + column * step)
      .filter((x) => !here.some((box) => box.x < x + SIZE.cell.w && x < box.x + box.w && box.y < y + h && y < box.y + box.h))
      .map((x) => ({ inside: vpc.key, x, y, h, band: vpc.band, faces: vpc.faces })),
  );
}
