import type { DatabasePort, Repositories, RequestRecord } from "../../adapters/database/port.ts";
import { type RequestState, targetKey } from "../../domain/requests/request.ts";
import { CHANGE_ROUTE, CREATE_ROUTE, DELETE_ROUTE } from "./route-target.ts";

const OPEN: readonly RequestState[] = ["waiting", "approved", "delivering", "sent-back", "failed"];
const PAGE = 200;

/** Open requests about routes, by target key; the newest of each kind stands for its target. */
export type OpenRouteRequests = {
  readonly create: ReadonlyMap<string, RequestRecord>;
  readonly change: ReadonlyMap<string, RequestRecord>;
  readonly delete: ReadonlyMap<string, RequestRecord>;
};

/** Reads every open request about a route; there are few of them however many routes there are. */
export async function readOpenRouteRequests(reads: Pick<Repositories, "requests">): Promise<OpenRouteRequests> {
  const found = {
    create: new Map<string, RequestRecord>(),
    change: new Map<string, RequestRecord>(),
    delete: new Map<string, RequestRecord>(),
  };
  const byKind = new Map([
    [CREATE_ROUTE, found.create],
    [CHANGE_ROUTE, found.change],
    [DELETE_ROUTE, found.delete],
  ]);
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Repositories["requests"]["list"]>> = await reads.requests.list(
      { states: OPEN, kinds: [...byKind.keys()] },
      { cursor, limit: PAGE },
    );
    for (const request of page.items) {
      const byTarget = byKind.get(request.kind);
      const key = targetKey(request.target);
      if (byTarget !== undefined && !byTarget.has(key)) byTarget.set(key, request);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

const shared = new WeakMap<DatabasePort, { reading: Promise<OpenRouteRequests> | null }>();

/** The same for topics: however many people look, one change of a request costs one reading. Audit rows say when to read again. */
export function sharedOpenRouteRequests(db: DatabasePort): Promise<OpenRouteRequests> {
  const known = shared.get(db) ?? watchRequests(db);
  known.reading ??= readOpenRouteRequests(db.read).catch((error: unknown) => {
    known.reading = null;
    throw error;
  });
  return known.reading;
}

function watchRequests(db: DatabasePort): { reading: Promise<OpenRouteRequests> | null } {
  const holder: { reading: Promise<OpenRouteRequests> | null } = { reading: null };
  shared.set(db, holder);
  db.onAudit((rows) => {
    if (rows.some(({ target }) => target.startsWith("request/"))) holder.reading = null;
  });
  return holder;
}
