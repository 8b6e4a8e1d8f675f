import type { Glyph } from "../../../lib/domain/clusters/cluster-view.ts";
import { worstGlyph } from "../../../lib/domain/topology/topology-health.ts";
import type { MapLine } from "./map-layout.ts";
import type { ShownTopology } from "./map-view.ts";

export type LineTone = "plain" | "path" | "failed" | "attention";
export type LineLook = {
  readonly tone: LineTone;
  readonly width: number;
  readonly dash: string | null;
  readonly isCut: boolean;
  readonly isFaded: boolean;
};

const SETTING_UP: ReadonlySet<Glyph> = new Set(["progressing", "waiting", "deleting"]);

/** Width is weight, dash is absence; colour repeats what the dash says, and marks the path. */
export function lookOf(
  line: Pick<MapLine, "kind" | "glyph" | "weight" | "label">,
  { isOn = false, isFaded = false }: { readonly isOn?: boolean; readonly isFaded?: boolean } = {},
): LineLook {
  const { kind, glyph, weight, label } = line;
  const base = kind === "serve" ? (weight === null || label === null ? 2 : Math.max(1.5, Math.min(4.5, 1.2 + (weight / 100) * 2.8))) : 1.25;
  const width = isOn && kind !== "serve" ? 2 : base;
  if (glyph === "failed") return { tone: "failed", width: 1.75, dash: "4 4", isCut: true, isFaded };
  if (SETTING_UP.has(glyph)) return { tone: "attention", width: Math.max(1.75, width), dash: "2 4", isCut: false, isFaded };
  const dash = glyph === "unknown" ? "6 4" : kind === "share" ? "8 3" : null;
  return { tone: isOn ? "path" : "plain", width, dash, isCut: false, isFaded };
}

/** Of a path only the edges that lie on it count for the look of a line. */
export function glyphOn(line: MapLine, view: ShownTopology, path: ReadonlySet<string>): Glyph {
  const on = line.edges.filter((id) => path.has(id));
  if (on.length === 0 || on.length === line.edges.length) return line.glyph;
  const wanted = new Set(on);
  return worstGlyph(view.edges.filter(({ id }) => wanted.has(id)).map(({ glyph }) => glyph)) ?? line.glyph;
}

/** A path through the points, its corners a little round. */
export function pathData(points: MapLine["points"]): string {
  const radius = 4;
  return points
    .map(([x, y], at) => {
      const before = points[at - 1];
      const after = points[at + 1];
      if (before === undefined) return `M${n(x)} ${n(y)}`;
      if (after === undefined) return `L${n(x)} ${n(y)}`;
      const [ax, ay] = towards([x, y], before, radius);
      const [bx, by] = towards([x, y], after, radius);
      return `L${n(ax)} ${n(ay)}Q${n(x)} ${n(y)} ${n(bx)} ${n(by)}`;
    })
    .join("");
}

type Point = readonly [number, number];

function towards([x, y]: Point, [tx, ty]: Point, radius: number): Point {
  const length = Math.hypot(tx - x, ty - y);
  const share = length === 0 ? 0 : Math.min(radius, length / 2) / length;
  return [x + (tx - x) * share, y + (ty - y) * share];
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The middle of the longest stretch: where the cross of a blocked line stands. */
export function middleOf(points: MapLine["points"]): Point {
  let best: { readonly at: Point; readonly length: number } = { at: points[0] ?? [0, 0], length: -1 };
  points.slice(1).forEach(([x, y], at) => {
    const [px, py] = points[at] ?? [x, y];
    const length = Math.hypot(x - px, y - py);
    if (length > best.length) best = { at: [(x + px) / 2, (y + py) / 2], length };
  });
  return best.at;
}

/** Lines that end at a bus end in a socket. */
export function socketOf({ kind, points }: Pick<MapLine, "kind" | "points">): Point | null {
  return kind === "serve" ? null : (points.at(-1) ?? null);
}

/** Where the share of the calls is said: beside the end of the line at its provider. */
export function labelOf({ label, points }: Pick<MapLine, "label" | "points">): { readonly text: string; readonly at: Point } | null {
  const end = points.at(-1);
  const before = points.at(-2);
  if (label === null || end === undefined || before === undefined) return null;
  return {
    text: label,
    at: [end[0] + 6, Math.abs(end[1] - before[1]) > 14 ? (end[1] + before[1]) / 2 + 4 : before[1] + (end[1] < before[1] ? -4 : 12)],
  };
}
