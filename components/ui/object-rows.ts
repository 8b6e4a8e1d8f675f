import type { z } from "zod";
import type { ConditionView, Glyph, ObjectView } from "../../lib/domain/clusters/cluster-view.ts";
import type { Localized } from "../../lib/domain/message.ts";

export type TreeObject = Localized<ObjectView>;
export type TreeCondition = Localized<z.infer<typeof ConditionView>>;
export type TreeRow = {
  readonly object: TreeObject;
  readonly level: number;
  readonly hasChildren: boolean;
  readonly position: number;
  readonly siblings: number;
};

const BADNESS: Readonly<Record<Glyph, number>> = {
  failed: 0,
  attention: 1,
  waiting: 2,
  unknown: 3,
  progressing: 4,
  deleting: 4,
  paused: 5,
  hibernated: 5,
  todo: 6,
  closed: 6,
  ok: 7,
};

export function isBad(glyph: Glyph): boolean {
  return BADNESS[glyph] <= 1;
}

/** Bad first; the order among equals stays. */
export function sortConditions(conditions: readonly TreeCondition[]): readonly TreeCondition[] {
  return [...conditions].sort((a, b) => BADNESS[a.glyph] - BADNESS[b.glyph]);
}

/** The rows to draw, parents before children; what lies under a closed branch is left out. An object whose parent is unknown, or that lies in a circle, stands at the top. */
export function toTreeRows(objects: readonly TreeObject[], closed: ReadonlySet<string>): readonly TreeRow[] {
  const ids = new Set(objects.map(({ id }) => id));
  const childrenOf = (id: string | null) =>
    objects.filter((object) => (object.parent !== null && ids.has(object.parent) ? object.parent : null) === id);
  const rows: TreeRow[] = [];
  const seen = new Set<string>();
  const walk = (siblings: readonly TreeObject[], level: number, shown: boolean): void => {
    siblings.forEach((object, at) => {
      if (seen.has(object.id)) return;
      seen.add(object.id);
      const children = childrenOf(object.id);
      if (shown) rows.push({ object, level, hasChildren: children.length > 0, position: at + 1, siblings: siblings.length });
      walk(children, level + 1, shown && !closed.has(object.id));
    });
  };
  walk(childrenOf(null), 1, true);
  walk(
    objects.filter(({ id }) => !seen.has(id)),
    1,
    true,
  );
  return rows;
}

/** How many rows a branch's line spans, and whether it ends at the parent. */
export type ElbowReach = { readonly rows: number; readonly toParent: boolean };

/** From a row up to the sibling before it or its parent; one row only when open conditions of unknown height lie between. */
export function elbowReach(rows: readonly TreeRow[], at: number, isOpen: (row: TreeRow) => boolean): ElbowReach {
  const level = rows[at]?.level ?? 1;
  const start = rows.slice(0, at).findLastIndex((row) => row.level <= level);
  const between = rows.slice(Math.max(0, start), at);
  const toParent = (rows[start]?.level ?? 0) < level;
  return between.some(isOpen) ? { rows: 1, toParent: true } : { rows: at - start, toParent };
}
