import type { LaidMap } from "./layout-keeper.ts";
import type { MapBox } from "./map-layout.ts";
import type { ShownNode } from "./map-view.ts";

/** Keys of the boxes and lines that look different from before. */
export type MapChanges = { readonly boxes: ReadonlySet<string>; readonly lines: ReadonlySet<string> };

export const NO_CHANGES: MapChanges = { boxes: new Set(), lines: new Set() };

/** What is new on the map, stands elsewhere or says something else. Ages alone are no change, nor is another map or the first drawing. */
export function mapChanges(before: LaidMap | null, after: LaidMap): MapChanges {
  if (before?.map !== after.map || (before.view === after.view && before.layout === after.layout)) return NO_CHANGES;
  const boxBefore = new Map(before.layout.boxes.map((box) => [box.key, box]));
  const nodeBefore = new Map(before.view.nodes.map((node) => [node.id, node]));
  const nodes = new Map(after.view.nodes.map((node) => [node.id, node]));
  const isChanged = (box: MapBox) => {
    const old = boxBefore.get(box.key);
    if (old === undefined || old.x !== box.x || old.y !== box.y) return true;
    const node = box.node === null ? undefined : nodes.get(box.node);
    const was = box.node === null ? undefined : nodeBefore.get(box.node);
    return node !== was && drawn(node) !== drawn(was);
  };
  const boxes = new Set(after.layout.boxes.filter(isChanged).map(({ key }) => key));
  if (before.layout === after.layout) return boxes.size === 0 ? NO_CHANGES : { boxes, lines: NO_CHANGES.lines };
  const lineBefore = new Map(before.layout.lines.map((line) => [line.key, line]));
  const lines = after.layout.lines.filter(({ key, glyph, weight }) => {
    const old = lineBefore.get(key);
    return old?.glyph !== glyph || old.weight !== weight;
  });
  return boxes.size + lines.length === 0 ? NO_CHANGES : { boxes, lines: new Set(lines.map(({ key }) => key)) };
}

/** What the box of a node says of it. */
function drawn(node: ShownNode | undefined): string | undefined {
  return node === undefined ? undefined : JSON.stringify([node.name, node.glyph, node.note, node.folded?.count]);
}

/** Both together: what changed a moment ago is still shown as changed. */
export function joinChanges(one: MapChanges, other: MapChanges): MapChanges {
  if (one === NO_CHANGES) return other;
  return { boxes: new Set([...one.boxes, ...other.boxes]), lines: new Set([...one.lines, ...other.lines]) };
}
