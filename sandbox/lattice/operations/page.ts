import { invalid } from "../lattice-error.ts";
import type { Call } from "./call.ts";

type Paging = { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined };

/**
 * One page of records in the order of their creation. The token names the last record seen, not a place in the list, so a record that is
 * deleted between two pages makes no other one disappear.
 */
export function page<Item extends { readonly seq: number }, View>(
  call: Call,
  list: string,
  { items, paging, view }: { items: Iterable<Item>; paging: Paging; view: (item: Item) => View },
): { items: View[]; nextToken?: string } {
  const size = paging.maxResults ?? call.settings.defaultPageSize;
  const after = paging.nextToken === undefined ? 0 : readPageToken(list, paging.nextToken);
  const found: Item[] = [];
  for (const item of items) if (item.seq > after) found.push(item);
  found.sort((a, b) => a.seq - b.seq);
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  const more = found.length > size && last !== undefined;
  return { items: shown.map(view), ...(more ? { nextToken: pageToken(list, last.seq) } : {}) };
}

export function pageToken(list: string, seq: number): string {
  return Buffer.from(JSON.stringify([list, seq])).toString("base64url");
}

export function readPageToken(list: string, token: string): number {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (Array.isArray(parsed) && parsed[0] === list && typeof parsed[1] === "number") return parsed[1];
  } catch {
    // Answered below like any other token that is not ours.
  }
  throw invalid("The nextToken is not valid", [{ name: "nextToken", message: "not a token of this list" }]);
}
