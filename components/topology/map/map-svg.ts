import type { Glyph } from "../../../lib/domain/clusters/cluster-view.ts";
import { labelOf, lookOf, middleOf, pathData, socketOf } from "./line-look.ts";
import type { MapBox, MapLayout, MapLine } from "./map-layout.ts";
import { SIZE } from "./map-sizes.ts";
import type { ShownNode, ShownTopology } from "./map-view.ts";

/** Colours of the light theme (app/tokens.css): a file has no theme to follow. */
const COLOR = {
  canvas: "#f6f6f3",
  sunken: "#f0f0ec",
  surface: "#ffffff",
  line: "#e5e5df",
  lineStrong: "#7f837a",
  text: "#1a1d1a",
  muted: "#565b54",
  faint: "#656a62",
  accent: "#0b5f6b",
  accentBg: "#e3f1f2",
  accentLine: "#9dcbd0",
  ok: "#17693f",
  progressing: "#1f56b8",
  attention: "#7d4e00",
  failed: "#b3261e",
  unknown: "#5b5f58",
  paused: "#475a70",
} as const;

const TONE: Readonly<Record<Glyph, string>> = {
  ok: COLOR.ok,
  progressing: COLOR.progressing,
  deleting: COLOR.progressing,
  waiting: COLOR.attention,
  attention: COLOR.attention,
  failed: COLOR.failed,
  unknown: COLOR.unknown,
  todo: COLOR.unknown,
  paused: COLOR.paused,
  hibernated: COLOR.paused,
  closed: COLOR.paused,
};

const MARGIN = 20;
const HEAD = 34;

type Words = {
  readonly title: string;
  /** When the file was made, in words. */
  readonly note: string;
  readonly nowhere: (place: NonNullable<MapBox["nowhere"]>) => string;
  readonly glyph: (glyph: Glyph) => string;
};

/** The whole map as one SVG file, drawn from the same positions as the page. Every name is foreign text and is escaped. */
export function mapToSvg(
  view: ShownTopology,
  layout: MapLayout,
  words: Words,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const { bounds } = layout;
  const width = Math.ceil(bounds.w + 2 * MARGIN);
  const height = Math.ceil(bounds.h + 2 * MARGIN + HEAD);
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  const order = ["account", "vpc", "bus", "cluster", "cell", "row", "badge", "port"];
  const boxes = [...layout.boxes].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  const small = new Set(["cluster", "cell", "row", "badge", "port"]);
  const draw = (box: MapBox) => boxSvg(box, { node: box.node === null ? null : (byId.get(box.node) ?? null), words, layout });
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${n(bounds.x - MARGIN)} ${n(bounds.y - MARGIN - HEAD)} ${width} ${height}" font-family="Geist, 'Noto Sans JP', system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(words.title)}</title>`,
    rect({ x: bounds.x - MARGIN, y: bounds.y - MARGIN - HEAD, w: width, h: height }, { fill: COLOR.canvas }),
    text(words.title, { x: bounds.x, y: bounds.y - HEAD + 6 }, { size: 16, weight: 600 }),
    text(words.note, { x: bounds.x, y: bounds.y - HEAD + 24 }, { fill: COLOR.muted }),
    ...boxes.filter(({ kind }) => !small.has(kind)).map(draw),
    ...layout.lines.map(lineSvg),
    ...boxes.filter(({ kind }) => small.has(kind)).map(draw),
    "</svg>",
  ];
  return { svg: parts.join("\n"), width, height };
}

/** Text for the inside of an element or attribute; characters that XML forbids are dropped. */
export function escapeXml(value: string): string {
  return value
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"']/g, (found) => `&#${found.codePointAt(0) ?? 32};`);
}

type Around = { readonly node: ShownNode | null; readonly words: Words; readonly layout: MapLayout };

function boxSvg(box: MapBox, { node, words, layout }: Around): string {
  const { x, y, w, h, kind } = box;
  const name = node?.name ?? (box.nowhere === null ? "" : words.nowhere(box.nowhere));
  const tip = node === null ? "" : `<title>${escapeXml(`${node.name}: ${words.glyph(node.glyph)}. ${node.sentence}`)}</title>`;
  const dash = node === null ? ' stroke-dasharray="4 3"' : "";
  const label = kind === "vpc" ? SIZE.vpc.label : SIZE.account.label;
  const labelY = (box.faces === "up" ? y + h - label : y) + (kind === "vpc" ? 20 : 18);
  if (kind === "account") {
    const awsId = node?.facts.find(({ key }) => key === "awsAccountId")?.value ?? "";
    return group(
      tip,
      rect(box, { fill: COLOR.surface, stroke: COLOR.lineStrong, more: `rx="5"${dash}` }),
      text(cut(name, w - 120), { x: x + 8, y: labelY }, { weight: 600, size: 13 }),
      text(awsId, { x: x + w - 8, y: labelY }, { fill: COLOR.faint, anchor: "end" }),
    );
  }
  if (kind === "vpc") {
    const cidr = node?.facts.find(({ key }) => key === "cidr")?.value ?? "";
    return group(
      tip,
      rect(box, { fill: COLOR.sunken, stroke: COLOR.line, more: 'rx="3"' }),
      text(cut(name, w - 12), { x: x + 7, y: cidr === "" ? labelY : labelY - 4 }, { fill: COLOR.faint, size: 11 }),
      text(cut(cidr, w - 14), { x: x + 7, y: labelY + 11 }, { fill: COLOR.faint, size: 11 }),
    );
  }
  if (kind === "bus") {
    const up = layout.bands.find(({ id }) => id === box.band)?.portRows.up ?? 0;
    const titleY = y + SIZE.bus.inset + (up > 0 ? up * SIZE.port.rowPitch - 4 : 0) + 17;
    return group(
      tip,
      rect(box, { fill: COLOR.accentBg, stroke: COLOR.accentLine, more: `rx="5"${dash}` }),
      text(name, { x: x + 16, y: titleY }, { fill: COLOR.accent, weight: 600, size: 13 }),
    );
  }
  if (node === null) return "";
  if (kind === "port")
    return group(
      tip,
      rect(box, { fill: COLOR.surface, stroke: COLOR.lineStrong, more: 'rx="12"' }),
      glyphSvg(node.glyph, { x: x + 7, y: y + 6 }),
      text(cut(name, w - 70), { x: x + 25, y: y + 16 }, { weight: 600 }),
      text(node.note?.includes("/") === true ? node.note : "", { x: x + w - 9, y: y + 16 }, { fill: COLOR.muted, anchor: "end" }),
    );
  if (kind === "row")
    return group(
      tip,
      rect(box, { fill: COLOR.sunken, more: 'rx="3"' }),
      glyphSvg(node.glyph, { x: x + 4, y: y + 4 }),
      text(cut(name, w - 66), { x: x + 20, y: y + 14 }, {}),
    );
  if (kind === "badge")
    return group(
      tip,
      rect(box, { fill: COLOR.surface, stroke: COLOR.line, more: 'rx="3"' }),
      text(node.note ?? "", { x: x + w / 2, y: y + 12 }, { size: 11, anchor: "middle", fill: TONE[node.glyph] }),
    );
  return group(
    tip,
    rect(box, { fill: COLOR.surface, stroke: COLOR.lineStrong, more: 'rx="3"' }),
    glyphSvg(node.glyph, { x: x + 6, y: y + 19 }),
    text(cut(name, w - 34), { x: x + 25, y: y + 22 }, { weight: 600 }),
    text(cut(node.note ?? "", w - 34), { x: x + 25, y: y + 38 }, { fill: COLOR.muted }),
  );
}

const LINE_COLOR = { plain: COLOR.lineStrong, path: COLOR.accent, failed: COLOR.failed, attention: COLOR.attention } as const;

function lineSvg(line: MapLine): string {
  const look = lookOf(line);
  const color = LINE_COLOR[look.tone];
  const dash = look.dash === null ? "" : ` stroke-dasharray="${look.dash}"`;
  const socket = socketOf(line);
  const label = labelOf(line);
  const middle = middleOf(line.points);
  return group(
    `<path d="${pathData(line.points)}" fill="none" stroke="${color}" stroke-width="${n(look.width)}"${dash}/>`,
    socket === null
      ? ""
      : `<circle cx="${n(socket[0])}" cy="${n(socket[1])}" r="4" fill="${COLOR.surface}" stroke="${color}" stroke-width="1.5"/>`,
    look.isCut
      ? `<g transform="translate(${n(middle[0])} ${n(middle[1])})" stroke="${color}" fill="${COLOR.surface}"><circle r="8" stroke-width="1.5"/><path d="M-3 -3 3 3M-3 3 3 -3" stroke-width="1.75"/></g>`
      : "",
    label === null ? "" : text(label.text, { x: label.at[0], y: label.at[1] }, { fill: COLOR.muted, weight: 500 }),
  );
}

/** Shape before colour: filled and checked, crossed, pointed, dashed or ringed. */
function glyphSvg(glyph: Glyph, { x, y }: { readonly x: number; readonly y: number }): string {
  const color = TONE[glyph];
  const at = `<g transform="translate(${n(x)} ${n(y)}) scale(0.75)" stroke="${color}" fill="none" stroke-width="1.6">`;
  const shapes: Readonly<Partial<Record<Glyph, string>>> = {
    ok: `<circle cx="8" cy="8" r="7" fill="${color}"/><path d="m4.9 8.2 2.1 2.1 4.1-4.4" stroke="#fff"/>`,
    attention: `<path d="M8 1.3 15.4 14.4H.6z" fill="${color}"/><path d="M8 6v3.6M8 11.9v.1" stroke="#fff"/>`,
    failed: `<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="${color}"/><path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" stroke="#fff"/>`,
    progressing: `<circle cx="8" cy="8" r="6.2"/><path d="M8 4.2a3.8 3.8 0 0 1 0 7.6z" fill="${color}" stroke="none"/>`,
    waiting: `<path d="M8 1.3 14.7 8 8 14.7 1.3 8z"/><circle cx="8" cy="8" r="1.7" fill="${color}" stroke="none"/>`,
    unknown: '<circle cx="8" cy="8" r="6.4" stroke-dasharray="2.6 2.4"/>',
    paused: '<rect x="1.7" y="1.7" width="12.6" height="12.6" rx="2.5"/><path d="M6.2 5.2v5.6M9.8 5.2v5.6"/>',
    hibernated: '<path d="M13.6 9.7A6.2 6.2 0 0 1 6.3 2.4a6.2 6.2 0 1 0 7.3 7.3z"/>',
    deleting: '<circle cx="8" cy="8" r="6.2"/><path d="M5 8h6"/>',
  };
  return `${at}${shapes[glyph] ?? '<circle cx="8" cy="8" r="5.6"/>'}</g>`;
}

type Rect = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

function rect(
  { x, y, w, h }: Rect,
  { fill, stroke, more = "" }: { readonly fill: string; readonly stroke?: string; readonly more?: string },
): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}"${stroke === undefined ? "" : ` stroke="${stroke}"`} ${more}/>`;
}

type TextLook = { readonly fill?: string; readonly size?: number; readonly weight?: number; readonly anchor?: "middle" | "end" };

function text(
  value: string,
  { x, y }: { readonly x: number; readonly y: number },
  { fill = COLOR.text, size = 12, weight = 400, anchor }: TextLook,
): string {
  if (value === "") return "";
  return `<text x="${n(x)}" y="${n(y)}" fill="${fill}" font-size="${size}" font-weight="${weight}"${anchor === undefined ? "" : ` text-anchor="${anchor}"`}>${escapeXml(value)}</text>`;
}

/** Letters are about 6.4 px wide, kana and kanji 12. */
function cut(value: string, width: number): string {
  let left = width;
  let taken = "";
  for (const letter of value) {
    left -= /[\u3000-\u9fff\uff00-\uffef]/.test(letter) ? 12 : 6.6;
    if (left < 0) return `${taken}…`;
    taken += letter;
  }
  return taken;
}

function group(...parts: readonly string[]): string {
  return `<g>${parts.join("")}</g>`;
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
