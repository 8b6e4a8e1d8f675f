import type { MapBand, MapBox, MapLayout } from "./map-layout.ts";
import { SIZE } from "./map-sizes.ts";
import type { TreePort } from "./map-tree.ts";

type Side = "up" | "down";
/** How many rows of ports stand on each edge of a bus, in how many columns. */
export type PortPlan = { readonly rows: { readonly up: number; readonly down: number }; readonly columns: number };

const MOST_ROWS = 3;
const { port, bus } = SIZE;

/** The side that faces most of its providers; without any, the one with fewer ports. */
function sideFor({ providers }: TreePort, sideOf: (key: string) => Side | undefined): Side | null {
  const found = providers.flatMap((key) => sideOf(key) ?? []);
  const up = found.filter((side) => side === "up").length;
  return found.length === 0 ? null : up * 2 >= found.length ? "up" : "down";
}

export function planPorts(
  ports: readonly TreePort[],
  { sideOf, width }: { readonly sideOf: (key: string) => Side | undefined; readonly width: number },
): PortPlan {
  let up = 0;
  let down = 0;
  for (const one of ports) {
    const side = sideFor(one, sideOf) ?? (up <= down ? "up" : "down");
    if (side === "up") up += 1;
    else down += 1;
  }
  const fitting = Math.max(2, Math.floor((width - 2 * port.inset + port.pitch - port.w) / port.pitch));
  const columns = Math.max(fitting, Math.ceil(Math.max(up, down) / MOST_ROWS));
  return { rows: { up: Math.ceil(up / columns), down: Math.ceil(down / columns) }, columns };
}

export function barWidth(columns: number): number {
  return columns === 0 ? 0 : columns * port.pitch - (port.pitch - port.w) + 2 * port.inset;
}

type Around = { readonly boxes: readonly MapBox[]; readonly previous: MapLayout | null };

/** Gives each service a place on its bus, as near to its providers as there is room. Ports that stand already stay. */
export function placePorts(
  band: MapBand,
  ports: readonly TreePort[],
  { boxes, previous }: Around,
): { readonly boxes: readonly MapBox[]; readonly columns: number } {
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const before = new Map(
    (previous?.boxes ?? []).flatMap((box) => (box.kind === "port" && box.band === band.id ? [[box.key, box] as const] : [])),
  );
  const placed: MapBox[] = ports.flatMap(({ id }) => before.get(id) ?? []);
  const taken = new Set(placed.map(({ x, y }) => `${x} ${y}`));
  const sideOf = (key: string): Side | undefined => {
    const box = byKey.get(key);
    return box === undefined || box.band !== band.id ? undefined : box.faces === "down" ? "up" : "down";
  };
  const counts = { up: placed.filter(({ faces }) => faces === "up").length, down: placed.filter(({ faces }) => faces === "down").length };
  let columns = band.columns;
  for (const { id, providers, ...rest } of ports.filter((one) => !before.has(one.id)).sort(byProvider(byKey))) {
    const wanted = sideFor({ id, providers, ...rest }, sideOf) ?? (counts.up <= counts.down ? "up" : "down");
    const side: Side = band.portRows[wanted] > 0 ? wanted : wanted === "up" ? "down" : "up";
    const goal = centreOf(providers, byKey);
    const spot = bestSpot(band, side, { columns, goal, taken });
    columns = Math.max(columns, spot.column + 1);
    taken.add(`${spot.x} ${spot.y}`);
    counts[side] += 1;
    placed.push({
      key: id,
      place: id,
      kind: "port",
      node: id,
      nowhere: null,
      inside: band.id,
      band: band.id,
      faces: side,
      x: spot.x,
      y: spot.y,
      w: port.w,
      h: port.h,
    });
  }
  return { boxes: placed, columns };
}

type Search = { readonly columns: number; readonly goal: number; readonly taken: ReadonlySet<string> };

function bestSpot(
  band: MapBand,
  side: Side,
  { columns, goal, taken }: Search,
): { readonly x: number; readonly y: number; readonly column: number } {
  const rows = Math.max(1, band.portRows[side]);
  let best: { readonly x: number; readonly y: number; readonly column: number; readonly cost: number } | null = null;
  for (let row = 0; row < rows; row += 1) {
    const y = side === "up" ? band.busTop + bus.inset + row * port.rowPitch : band.busBottom - bus.inset - port.h - row * port.rowPitch;
    for (let column = 0; column < columns; column += 1) {
      const x = port.inset + column * port.pitch;
      const cost = Math.abs(x + port.w / 2 - goal) + row * port.pitch;
      if (!taken.has(`${x} ${y}`) && (best === null || cost < best.cost)) best = { x, y, column, cost };
    }
  }
  if (best !== null) return best;
  const x = port.inset + columns * port.pitch;
  return { x, y: side === "up" ? band.busTop + bus.inset : band.busBottom - bus.inset - port.h, column: columns };
}

function centreOf(providers: readonly string[], byKey: ReadonlyMap<string, MapBox>): number {
  const found = providers.flatMap((key) => byKey.get(key) ?? []);
  return found.length === 0 ? 0 : found.reduce((sum, { x, w }) => sum + x + w / 2, 0) / found.length;
}

function byProvider(byKey: ReadonlyMap<string, MapBox>): (one: TreePort, other: TreePort) => number {
  return (one, other) => centreOf(one.providers, byKey) - centreOf(other.providers, byKey) || (one.id < other.id ? -1 : 1);
}
