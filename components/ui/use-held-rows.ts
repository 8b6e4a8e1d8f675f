"use client";
import { useState } from "react";
import { type Held, holdRows, type Shown, showHeld } from "./hold-rows.ts";

type Options<Row> = {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string /** Another filter, page or sort is another list: it is taken at once. */;
  readonly listId: string;
};

/** A live list that holds still: content changes at once, order and membership only when the reader takes them. */
export function useHeldRows<Row>({
  rows,
  keyOf,
  listId,
}: Options<Row>): Shown<Row> & { readonly pending: number; readonly take: () => void } {
  const [held, setHeld] = useState<{ readonly listId: string; readonly of: Held<Row> }>(() => ({ listId, of: holdRows(rows, keyOf) }));
  const isNew = held.listId !== listId || held.of.keys.length === 0;
  if (isNew && (held.listId !== listId || rows.length > 0)) setHeld({ listId, of: holdRows(rows, keyOf) });
  const view = showHeld(isNew ? holdRows(rows, keyOf) : held.of, rows, keyOf);
  return { ...view, pending: view.added + view.removed + view.moved, take: () => setHeld({ listId, of: holdRows(rows, keyOf) }) };
}
