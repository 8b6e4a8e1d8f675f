import { worstGlyph } from "../../../lib/domain/topology/topology-health.ts";
import { createLanes } from "./lanes.ts";
import { lookOf } from "./line-look.ts";
import type { LineKind, MapBand, MapBox, MapLine } from "./map-layout.ts";
import { SIZE } from "./map-sizes.ts";
import type { MapTree } from "./map-tree.ts";
import type { MapGraph } from "./map-view.ts";

type MapEdge = MapGraph["edges"][number];
type Point = readonly [x: number, y: number];
type Stage = { readonly tree: MapTree; readonly boxes: readonly MapBox[]; readonly bands: readonly MapBand[] };
type Wanted = { readonly kind: LineKind; readonly from: MapBox; readonly to: MapBox; readonly edges: MapEdge[] };

/** Lines run upright and level, in the channels beside the buses and at the left edge; those with the same ends are one. `left`: how far out they go. */
export function drawLines(view: MapGraph, stage: Stage): { readonly lines: readonly MapLine[]; readonly left: number } {
  const wanted = wantedLines(view, stage);
  const docks = docksOf(wanted);
  const router = createRouter(stage, crowdsOf(wanted));
  const splits = new Map<string, number>();
  for (const { kind, from } of wanted) if (kind === "serve") splits.set(from.key, (splits.get(from.key) ?? 0) + 1);
  const lines = wanted.map((line): MapLine => {
    const { kind, from, to, edges } = line;
    const weights = edges.flatMap(({ weight }) => weight ?? []);
    const weight = weights.length === 0 ? null : weights.reduce((sum, one) => sum + one, 0);
    const isSplit = kind === "serve" && weight !== null && (splits.get(from.key) ?? 0) > 1;
    return {
      key: keyOf(kind, from.key, to.key),
      kind,
      from: from.key,
      to: to.key,
      points: router.route(line, docks),
      glyph: worstGlyph(edges.map(({ glyph }) => glyph)) ?? "unknown",
      weight,
      label: isSplit ? `${Math.round(weight)}%` : null,
      edges: edges.map(({ id }) => id),
    };
  });
  return { lines, left: router.left() };
}

function keyOf(kind: LineKind, from: string, to: string): string {
  return `${kind}:${from}>${to}`;
}

function wantedLines(view: MapGraph, { tree, boxes }: Stage): readonly Wanted[] {
  const byKey = new Map<string, MapBox>();
  for (const box of boxes) if (!byKey.has(box.key)) byKey.set(box.key, box);
  // A node whose own box is a further one is drawn there.
  for (const box of boxes) if (!byKey.has(box.place)) byKey.set(box.place, box);
  const anchor = (id: string) => {
    const own = byKey.get(id);
    if (own?.kind === "cell") return own;
    return byKey.get(tree.anchor.get(id) ?? id) ?? own;
  };
  const found = new Map<string, Wanted>();
  const add = (kind: LineKind, ends: { readonly from: MapBox | undefined; readonly to: MapBox | undefined }, edge: MapEdge) => {
    const { from, to } = ends;
    if (from === undefined || to === undefined || from.key === to.key) return;
    const key = keyOf(kind, from.key, to.key);
    const known = found.get(key);
    if (known === undefined) found.set(key, { kind, from, to, edges: [edge] });
    else known.edges.push(edge);
  };
  const busOf = (service: string) => byKey.get(byKey.get(service)?.band ?? "");
  for (const edge of view.edges) {
    const { kind, from, to } = edge;
    if (kind === "routes-to") add("serve", { from: byKey.get(from), to: anchor(to) }, edge);
    if (kind === "may-call") add("call", { from: anchor(from), to: busOf(to) }, edge);
    if (kind === "shared-with")
      add("share", { from: anchor(to), to: byKey.get(from)?.kind === "bus" ? byKey.get(from) : busOf(from) }, edge);
    // A port stands on its bus: only further networks of the service need a line.
    if (kind === "associated-with" && byKey.get(from)?.band !== to) add("join", { from: anchor(from), to: byKey.get(to) }, edge);
    if (kind === "associated-with" && byKey.get(from)?.band === to && byKey.get(from)?.kind !== "port")
      add("join", { from: anchor(from), to: byKey.get(to) }, edge);
  }
  return [...found.values()];
}

/** Where each line leaves a cell: spread over the side that faces the bus, in the order of where they go. */
function docksOf(wanted: readonly Wanted[]): ReadonlyMap<string, number> {
  const ends = new Map<string, { readonly key: string; readonly goal: number; readonly box: MapBox }[]>();
  for (const { kind, from, to } of wanted) {
    const [box, other] = kind === "serve" ? [to, from] : [from, to];
    if (box.kind !== "cluster" && box.kind !== "cell") continue;
    const goal = kind === "serve" ? other.x + other.w / 2 : box.x + box.w;
    ends.set(box.key, [...(ends.get(box.key) ?? []), { key: keyOf(kind, from.key, to.key), goal, box }]);
  }
  const docks = new Map<string, number>();
  for (const list of ends.values()) {
    const sorted = list.sort((one, other) => one.goal - other.goal || (one.key < other.key ? -1 : 1));
    sorted.forEach(({ key, box }, at) => docks.set(key, box.x + (box.w * (at + 1)) / (sorted.length + 1)));
  }
  return docks;
}

/** So many lines between two networks still lie side by side; more of them share one way, of which only the ends fan out. */
const MOST_APART = 3;

/** Lines between two networks that look alike. */
function crowdOf({ from, to, edges }: Wanted): string {
  const { tone, dash } = lookOf({
    kind: "call",
    glyph: worstGlyph(edges.map(({ glyph }) => glyph)) ?? "unknown",
    weight: null,
    label: null,
  });
  return [...[from.band, to.band].sort(), tone, dash].join(" ");
}

function crowdsOf(wanted: readonly Wanted[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const line of wanted) if (line.from.band !== line.to.band) counts.set(crowdOf(line), (counts.get(crowdOf(line)) ?? 0) + 1);
  return new Set([...counts].flatMap(([crowd, count]) => (count > MOST_APART ? [crowd] : [])));
}

function createRouter({ boxes, bands }: Stage, crowds: ReadonlySet<string>) {
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const bandOf = new Map(bands.map((band) => [band.id, band]));
  const byVpc = new Map<string, MapBox[]>();
  for (const box of boxes)
    if (box.kind === "cluster" || box.kind === "cell") byVpc.set(box.inside ?? "", [...(byVpc.get(box.inside ?? "") ?? []), box]);
  const width = Math.max(0, ...boxes.map(({ x, w }) => x + w));
  const lanes = createLanes(SIZE.channel);
  const gutter = createLanes(Number.POSITIVE_INFINITY);
  const entries = new Map<string, number>();
  const shared = new Map<string, number>();
  let left = 0;

  const accountOf = (box: MapBox): MapBox => {
    let at = box;
    for (let outer = byKey.get(at.inside ?? ""); outer !== undefined; outer = byKey.get(at.inside ?? "")) at = outer;
    return at;
  };
  const isDeep = (box: MapBox) =>
    (byVpc.get(box.inside ?? "") ?? []).some(
      (other) =>
        other !== box && other.x < box.x + box.w && box.x < other.x + other.w && (box.faces === "up" ? other.y < box.y : other.y > box.y),
    );
  /** The channel beside a bus, or beside boxes that have none. */
  const channelOf = (band: MapBand | undefined, side: "up" | "down", near: number): readonly [number, number] => {
    if (band === undefined || band.busTop === band.busBottom) return [near, near + SIZE.channel / 2];
    if (side === "up") return [band.busTop - (band.above > 0 ? SIZE.channel : SIZE.bandGap / 2), band.busTop];
    return [band.busBottom, band.busBottom + (band.below > 0 ? SIZE.channel : SIZE.bandGap / 2)];
  };

  /** From a cell, VPC or account to the edge of its account. */
  const leave = (box: MapBox, dock: number | undefined): { readonly points: readonly Point[]; readonly x: number } => {
    const edge = box.faces === "up" ? box.y : box.y + box.h;
    if (box.kind === "vpc" || box.kind === "account") return { points: [[box.x + box.w - 4, edge]], x: box.x + box.w - 4 };
    const x = dock ?? box.x + box.w / 2;
    if (!isDeep(box)) return { points: [[x, edge]], x };
    const gap = box.x - SIZE.cell.gap / 2;
    return {
      points: [
        [box.x, box.y + box.h / 2],
        [gap, box.y + box.h / 2],
      ],
      x: gap,
    };
  };
  const isOuterPort = (port: MapBox, band: MapBand | undefined) =>
    band === undefined ||
    (port.faces === "up" ? port.y === band.busTop + SIZE.bus.inset : port.y + port.h === band.busBottom - SIZE.bus.inset);
  /** From a port to the edge of its bus on that side. */
  const exit = (
    port: MapBox,
    { side, goal }: { readonly side: "up" | "down"; readonly goal: number },
  ): { readonly points: readonly Point[]; readonly x: number } => {
    if (side === port.faces && isOuterPort(port, bandOf.get(port.band))) {
      const x = Math.min(port.x + port.w - 12, Math.max(port.x + 12, goal));
      return { points: [[x, side === "up" ? port.y : port.y + port.h]], x };
    }
    const gap = port.x + port.w + (SIZE.port.pitch - port.w) / 2;
    return {
      points: [
        [port.x + port.w, port.y + port.h / 2],
        [gap, port.y + port.h / 2],
      ],
      x: gap,
    };
  };
  const nextEntry = (bus: MapBox, side: string) => {
    const key = `${bus.key} ${side}`;
    const n = entries.get(key) ?? 0;
    entries.set(key, n + 1);
    return bus.x + 8 + ((n * 10) % Math.max(10, bus.w - 16));
  };
  const sideOf = (box: MapBox): "up" | "down" => (box.faces === "up" ? "down" : "up");

  /** Level from one upright line to another within a channel. */
  const across = ([top, end]: readonly [number, number], id: string, [from, to]: readonly [number, number]): number =>
    top + 10 + lanes.take(`${id} ${top}`, [Math.min(from, to), Math.max(from, to)]) * 5 + (end - top > SIZE.channel ? 4 : 0);

  type Ends = {
    readonly here: readonly [number, number];
    readonly there: readonly [number, number];
    readonly x: number;
    readonly last: readonly Point[];
  };
  /** Taken once for a crowd and used by all its lines; null: a line on its own. */
  const once = (key: string | null, take: () => number): number => {
    const known = key === null ? undefined : shared.get(key);
    if (known !== undefined) return known;
    const taken = take();
    if (key !== null) shared.set(key, taken);
    return taken;
  };
  /** Out to the left edge, along it, and in again: on a way of its own, or on that of its crowd. */
  function far(start: { readonly points: readonly Point[]; readonly x: number }, ends: Ends, crowd: string): readonly Point[] {
    const isCrowd = crowds.has(crowd);
    const key = (part: string | number) => (isCrowd ? `${crowd} ${part}` : null);
    const y = once(key(ends.here[0]), () => across(ends.here, "channel", [0, isCrowd ? width : start.x]));
    const y2 = once(key(ends.there[0]), () => across(ends.there, "channel", [0, isCrowd ? width : ends.x]));
    // The lines of a crowd leave from both sides of a network: their way is kept free a little further than the first one needs.
    const reach = isCrowd ? SIZE.rowMin : 0;
    const span = [Math.min(y, y2) - reach, Math.max(y, y2) + reach] as const;
    const gx = once(key("gutter"), () => -SIZE.gutter.start - gutter.take("gutter", span) * SIZE.gutter.lane);
    left = Math.min(left, gx - SIZE.gutter.lane);
    return [...start.points, [start.x, y], [gx, y], [gx, y2], [ends.x, y2], ...ends.last];
  }

  return {
    left: () => left,
    route(line: Wanted, docks: ReadonlyMap<string, number>): readonly Point[] {
      const { kind, from, to } = line;
      const crowd = from.band === to.band ? "" : crowdOf(line);
      const dock = docks.get(keyOf(kind, from.key, to.key));
      if (kind === "serve") {
        const band = bandOf.get(from.band);
        const away = leave(to, dock);
        const isNear = to.band === from.band && band !== undefined;
        const side = isNear ? sideOf(to) : from.faces;
        const out = exit(from, { side, goal: isNear ? away.x : from.x + 20 });
        const target = [...away.points].reverse();
        if (isNear) {
          if (out.x === away.x) return [...out.points, ...target];
          const y = across(channelOf(band, side, 0), "channel", [out.x, away.x]);
          return [...out.points, [out.x, y], [away.x, y], ...target];
        }
        const outer = accountOf(to);
        const there = channelOf(bandOf.get(to.band), sideOf(to), to.faces === "up" ? outer.y - SIZE.channel / 2 : outer.y + outer.h);
        return far(out, { here: channelOf(band, from.faces, 0), there, x: away.x, last: target }, crowd);
      }
      const band = bandOf.get(to.band);
      if (from.kind === "port") {
        const side = from.y < to.y ? "up" : "down";
        const x = nextEntry(to, side);
        const out = exit(from, { side: from.faces, goal: from.x + 30 });
        const here = channelOf(bandOf.get(from.band), from.faces, 0);
        return far(out, { here, there: channelOf(band, side, 0), x, last: [[x, side === "up" ? to.y : to.y + to.h]] }, crowd);
      }
      const start = leave(from, dock);
      if (from.band === to.band) return [...start.points, [start.x, from.faces === "up" ? to.y + to.h : to.y]];
      const side = from.y < to.y ? "up" : "down";
      const outer = accountOf(from);
      const here = channelOf(bandOf.get(from.band), sideOf(from), from.faces === "up" ? outer.y - SIZE.channel / 2 : outer.y + outer.h);
      const x = nextEntry(to, side);
      return far(start, { here, there: channelOf(band, side, 0), x, last: [[x, side === "up" ? to.y : to.y + to.h]] }, crowd);
    },
  };
}
