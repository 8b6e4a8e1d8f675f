import { z } from "zod";
import { invalid } from "../lattice-error.ts";
import type { Call } from "./call.ts";

type Paging = { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined };

/**
 * One page of records in the order of their creation. The token names the last record seen, not a place in the list, so a record that is
 * deleted between two pages makes no other one disappear.
 */
export function page<Item extends { readonly seq: number; readonly id: string }, View>(
  call: Call,
  list: string,
  { items, paging, view }: { items: Iterable<Item>; paging: Paging; view: (item: Item) => View },
): { items: View[]; nextToken?: string } {
  const size = paging.maxResults ?? call.settings.defaultPageSize;
  const after = paging.nextToken === undefined ? null : readPageToken(list, paging.nextToken);
  const found: Item[] = [];
  for (const item of items) if (after === null || compare(item, after) > 0) found.push(item);
  found.sort(compare);
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  const more = found.length > size && last !== undefined;
  return { items: shown.map(view), ...(more ? { nextToken: pageToken(list, last) } : {}) };
}

/** Resources of several accounts may have the same place. */
type Place = { readonly seq: number; readonly id: string };

function compare(a: Place, b: Place): number {
  return a.seq - b.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function pageToken(list: string, { seq, id }: Place): string {
  return Buffer.from(JSON.stringify([list, seq, id])).toString("base64url");
}

export function readPageToken(list: string, token: string): Place {
  try {
    const [of, seq, id]: unknown[] = z.array(z.unknown()).parse(JSON.parse(Buffer.from(token, "base64url").toString()));
    if (of === list && typeof seq === "number" && typeof id === "string") return { seq, id };
  } catch {
    // Answered below like any other token that is not ours.
  }
  throw invalid("The nextToken is not valid", [{ name: "nextToken", message: "not a token of this list" }]);
}
