import { drawLines } from "./draw-lines.ts";
import { keepBoxes } from "./keep-boxes.ts";
import { type MapBand, type MapBox, type MapLayout, NO_NETWORK, UNJOINED } from "./map-layout.ts";
import { SIZE } from "./map-sizes.ts";
import { type MapTree, type TreeAccount, type TreePort, treeOf } from "./map-tree.ts";
import type { MapGraph } from "./map-view.ts";
import { type Part, placePart } from "./place-part.ts";
import { barWidth, type PortPlan, placePorts, planPorts } from "./place-ports.ts";

const SHELF_W = 1400;
const MIN_W = 640;

/**
 * Where everything of the map stands. With a previous layout nothing that stays moves: newcomers take free room in the box they belong to, else
 * a further box at the end of their row. The same view without a previous layout always gives the same map.
 */
export function layOutMap(view: MapGraph, previous: MapLayout | null): MapLayout {
  const tree = treeOf(view, previous?.boxes ?? []);
  const kept = keepBoxes(tree, previous);
  const bands = new Map(
    (previous?.bands ?? [])
      .filter(({ id }) => id === NO_NETWORK || id === UNJOINED || tree.networks.includes(id))
      .map((band) => [band.id, band]),
  );
  const boxes: MapBox[] = [...kept.boxes];
  let bottom = Math.max(-SIZE.bandGap, ...[...bands.values()].map((band) => band.bottom));

  const standing = [...tree.networks, NO_NETWORK].filter((id) => bands.has(id));
  for (const id of new Set([...standing, ...tree.networks, NO_NETWORK])) {
    const known = bands.get(id);
    const rest = kept.rest.filter(({ band }) => band === id);
    const ports = tree.ports.filter(({ band }) => band === id);
    if (known !== undefined) {
      const others = [...bands.values()].filter((band) => band !== known);
      boxes.push(...joinBand(known, rest, { standing: boxes, others }));
      const last = boxes.filter((box) => box.band === id && box.kind === "account").map((box) => box.y + box.h);
      bottom = Math.max(bottom, ...last);
      continue;
    }
    if (id === NO_NETWORK && rest.length === 0) continue;
    const made =
      id === NO_NETWORK
        ? newShelves(rest, { top: bottom + SIZE.bandGap, standing: boxes })
        : newBand(id, { rest, ports, top: bottom + SIZE.bandGap, standing: boxes });
    bands.set(id, made.band);
    boxes.push(...made.boxes);
    bottom = made.band.bottom;
  }

  const all = withBuses([...bands.values()], tree, { boxes, previous });
  const { lines, left } = drawLines(view, { tree, boxes: all, bands: [...bands.values()] });
  return { bands: [...bands.values()], boxes: all, lines, bounds: boundsOf(all, left) };
}

type Placed = { readonly band: MapBand; readonly boxes: readonly MapBox[] };
type NewBand = {
  readonly rest: readonly TreeAccount[];
  readonly ports: readonly TreePort[];
  readonly top: number;
  readonly standing: readonly MapBox[];
};

function newBand(id: string, { rest, ports, top, standing }: NewBand): Placed {
  const cells = rest.reduce((sum, { vpcs }) => sum + vpcs.reduce((all, vpc) => all + vpc.cells.length, 0), 0);
  const depth = Math.min(4, Math.max(1, Math.round(Math.sqrt(cells / 16))));
  const above: Part[] = [];
  const below: Part[] = [];
  for (const tree of rest) {
    const isAbove = widthOf(above) <= widthOf(below);
    (isAbove ? above : below).push(placePart(tree, { faces: isAbove ? "down" : "up", depth, part: freePart(tree, standing) }));
  }
  const aboveH = Math.max(rest.length === 0 ? 0 : SIZE.rowMin, ...above.map(({ h }) => h));
  const belowH = below.length === 0 ? 0 : Math.max(SIZE.rowMin, ...below.map(({ h }) => h));
  const sideOf = new Map([
    ...above.flatMap(({ boxes }) => boxes.map(({ key }) => [key, "up"] as const)),
    ...below.flatMap(({ boxes }) => boxes.map(({ key }) => [key, "down"] as const)),
  ]);
  const plan = planPorts(ports, { sideOf: (key) => sideOf.get(key), width: Math.max(MIN_W, widthOf(above), widthOf(below)) });
  const busTop = top + (aboveH === 0 ? 0 : aboveH + SIZE.channel);
  const busBottom = busTop + busHeight(plan);
  const bottom = busBottom + (belowH === 0 ? 0 : SIZE.channel + belowH);
  const band: MapBand = { id, top, bottom, busTop, busBottom, above: aboveH, below: belowH, portRows: plan.rows, columns: plan.columns };
  return {
    band,
    boxes: [...inRow(above, (part) => top + aboveH - part.h), ...inRow(below, () => busBottom + SIZE.channel)],
  };
}

function busHeight({ rows }: PortPlan): number {
  return (
    SIZE.bus.inset * 2 +
    SIZE.bus.title +
    (rows.up + rows.down) * SIZE.port.rowPitch -
    (rows.up + rows.down > 0 ? SIZE.port.rowPitch - SIZE.port.h : 0)
  );
}

/** What has no network stands in shelves at the end. */
function newShelves(rest: readonly TreeAccount[], { top, standing }: Pick<NewBand, "top" | "standing">): Placed {
  const boxes: MapBox[] = [];
  let y = top;
  let row: Part[] = [];
  const close = () => {
    const at = y;
    boxes.push(...inRow(row, () => at));
    y += Math.max(0, ...row.map(({ h }) => h)) + (row.length === 0 ? 0 : SIZE.channel / 2);
    row = [];
  };
  for (const tree of rest) {
    const part = placePart(tree, { faces: "down", depth: Math.max(1, Math.ceil(cellsOf(tree) / 9)), part: freePart(tree, standing) });
    if (row.length > 0 && widthOf([...row, part]) > SHELF_W) close();
    row.push(part);
  }
  close();
  const bottom = Math.max(top, ...boxes.map((box) => box.y + box.h));
  const bare = { busTop: top, busBottom: top, above: 0, below: bottom - top, portRows: { up: 0, down: 0 }, columns: 0 };
  return { band: { id: NO_NETWORK, top, bottom, ...bare }, boxes };
}

function cellsOf({ vpcs }: TreeAccount): number {
  return vpcs.reduce((sum, { cells }) => sum + cells.length, 0);
}

function widthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { w }) => sum + w + SIZE.account.gap, parts.length === 0 ? 0 : -SIZE.account.gap);
}

function inRow(parts: readonly Part[], topOf: (part: Part) => number, left = 0): readonly MapBox[] {
  let x = left;
  return parts.flatMap((part) => {
    const at = x;
    const y = topOf(part);
    x += part.w + SIZE.account.gap;
    return part.boxes.map((box) => ({ ...box, x: box.x + at, y: box.y + y }));
  });
}

type Beside = { readonly standing: readonly MapBox[]; readonly others: readonly MapBand[] };

/** Boxes at the end of a row that stands already; where the row has no room for one, it comes below everything. No two have one name. */
function joinBand(band: MapBand, rest: readonly TreeAccount[], { standing, others }: Beside): readonly MapBox[] {
  const boxes: MapBox[] = [];
  for (const tree of rest) {
    const all = [...standing, ...boxes];
    const accounts = all.filter(({ kind }) => kind === "account");
    const made = joined(band, tree, all);
    const [outer] = made;
    const isFree =
      outer !== undefined &&
      !accounts.some(
        (box) => box.x < outer.x + outer.w && outer.x < box.x + box.w && box.y < outer.y + outer.h && outer.y < box.y + box.h,
      ) &&
      !others.some(({ top, bottom }) => top < outer.y + outer.h && outer.y < bottom);
    const lowest = Math.max(band.bottom, ...others.map(({ bottom }) => bottom), ...accounts.map(({ y, h }) => y + h));
    const shift = isFree || outer === undefined ? { x: 0, y: 0 } : { x: -outer.x, y: lowest + SIZE.bandGap - outer.y };
    boxes.push(...made.map((box) => ({ ...box, x: box.x + shift.x, y: box.y + shift.y })));
  }
  return boxes;
}

function joined(band: MapBand, tree: TreeAccount, all: readonly MapBox[]): readonly MapBox[] {
  const accounts = all.filter(({ kind, band: of }) => kind === "account" && of === band.id);
  const endOf = (faces: MapBox["faces"] | null) =>
    Math.max(0, ...accounts.filter((box) => faces === null || box.faces === faces).map(({ x, w }) => x + w + SIZE.account.gap));
  const part = freePart(tree, all);
  if (band.id === NO_NETWORK) {
    const first = Math.min(band.top + (accounts.length === 0 ? 0 : Number.POSITIVE_INFINITY), ...accounts.map(({ y }) => y));
    return inRow([placePart(tree, { faces: "down", depth: 1, part })], () => first, endOf(null));
  }
  if (band.above === 0) return inRow([placePart(tree, { faces: "up", depth: 1, part })], () => band.busBottom + SIZE.channel, endOf("up"));
  const goesAbove = band.below === 0 || endOf("down") <= endOf("up");
  const faces = goesAbove ? "down" : "up";
  const made = placePart(lowered(tree, goesAbove ? band.above : band.below), { faces, depth: 1, part });
  return inRow([made], () => (goesAbove ? band.top + band.above - made.h : band.busBottom + SIZE.channel), endOf(faces));
}

/** An account has one box for each network that its VPCs are joined to: the first is named after it, further ones are numbered. */
function freePart(tree: TreeAccount, standing: readonly MapBox[]): number {
  const used = new Set(standing.map(({ key }) => key));
  const named = (place: string, n: number) => (n === 0 ? place : `${place}#${n}`);
  let part = 0;
  while (used.has(named(tree.key, part)) || tree.vpcs.some(({ key }) => used.has(named(key, part)))) part += 1;
  return part;
}

/** The same account with the rows of clusters that would be too high standing beside them as cells of their own. */
function lowered(tree: TreeAccount, height: number): TreeAccount {
  const room = height - SIZE.account.pad - SIZE.account.label - SIZE.vpc.pad - SIZE.vpc.label;
  const most = Math.max(0, Math.floor((room - SIZE.cell.h - SIZE.row.inset + 2) / SIZE.row.h));
  const vpcs = tree.vpcs.map((vpc) => ({
    ...vpc,
    cells: vpc.cells.flatMap((cell) => {
      const lone = cell.rows.slice(most).flatMap(({ id, badge }) => (badge === null ? [id] : [id, badge]));
      return [{ ...cell, rows: cell.rows.slice(0, most) }, ...lone.map((id) => ({ id, kind: "cell" as const, rows: [] }))];
    }),
  }));
  return { ...tree, vpcs };
}

type Around = { readonly boxes: readonly MapBox[]; readonly previous: MapLayout | null };

/** Buses as wide as the widest row, and the ports on them. */
function withBuses(bands: MapBand[], tree: MapTree, { boxes, previous }: Around): readonly MapBox[] {
  const ports = bands.flatMap((band, at) => {
    const placed = placePorts(
      band,
      tree.ports.filter((port) => port.band === band.id),
      { boxes, previous },
    );
    bands[at] = { ...band, columns: placed.columns };
    return placed.boxes;
  });
  const right = Math.max(
    MIN_W,
    ...boxes.map(({ x, w }) => x + w),
    ...bands.map(({ columns }) => barWidth(columns)),
    ...ports.map(({ x, w }) => x + w + SIZE.port.inset),
  );
  const buses = bands.flatMap((band): MapBox[] =>
    band.busBottom === band.busTop
      ? []
      : [
          {
            key: band.id,
            place: band.id,
            kind: "bus",
            node: band.id === UNJOINED ? null : band.id,
            nowhere: band.id === UNJOINED ? "unjoined" : null,
            inside: null,
            band: band.id,
            faces: "down",
            x: 0,
            y: band.busTop,
            w: right,
            h: band.busBottom - band.busTop,
          },
        ],
  );
  return [...buses, ...boxes, ...ports];
}

function boundsOf(boxes: readonly MapBox[], left: number): MapLayout["bounds"] {
  const x = Math.min(0, left);
  const y = Math.min(0, ...boxes.map((box) => box.y));
  return { x, y, w: Math.max(0, ...boxes.map((box) => box.x + box.w)) - x, h: Math.max(0, ...boxes.map((box) => box.y + box.h)) - y };
}
