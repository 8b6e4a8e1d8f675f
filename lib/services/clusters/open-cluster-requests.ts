import type { DatabasePort, Repositories, RequestRecord } from "../../adapters/database/port.ts";
import type { RequestState } from "../../domain/requests/request.ts";
import { targetKey } from "../../domain/requests/request.ts";
import { DELETE_CLUSTER } from "./delete-cluster-kind.ts";
import { CREATE_CLUSTER } from "./render-create-cluster.ts";

const OPEN: readonly RequestState[] = ["waiting", "approved", "delivering", "sent-back", "failed"];
const PAGE = 200;

/** Open requests about clusters, by target key. */
export type OpenRequests = { readonly create: ReadonlyMap<string, RequestRecord>; readonly delete: ReadonlyMap<string, RequestRecord> };

/** Reads every open request about a cluster; there are few of them however large the fleet is. */
export async function readOpenRequests(reads: Pick<Repositories, "requests">): Promise<OpenRequests> {
  const found = { create: new Map<string, RequestRecord>(), delete: new Map<string, RequestRecord>() };
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Repositories["requests"]["list"]>> = await reads.requests.list(
      { states: OPEN, kinds: [CREATE_CLUSTER, DELETE_CLUSTER] },
      { cursor, limit: PAGE },
    );
    for (const request of page.items) {
      const byTarget = request.kind === CREATE_CLUSTER ? found.create : found.delete;
      // Newest first: the newest request of a target stands for it.
      if (!byTarget.has(targetKey(request.target))) byTarget.set(targetKey(request.target), request);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

const shared = new WeakMap<DatabasePort, { reading: Promise<OpenRequests> | null }>();

/** The same for topics: however many people look, one change of a request costs one reading. Audit rows say when to read again. */
export function sharedOpenRequests(db: DatabasePort): Promise<OpenRequests> {
  const known = shared.get(db) ?? watchRequests(db);
  known.reading ??= readOpenRequests(db.read).catch((error: unknown) => {
    known.reading = null;
    throw error;
  });
  return known.reading;
}

function watchRequests(db: DatabasePort): { reading: Promise<OpenRequests> | null } {
  const holder: { reading: Promise<OpenRequests> | null } = { reading: null };
  shared.set(db, holder);
  db.onAudit((rows) => {
    if (rows.some(({ target }) => target.startsWith("request/"))) holder.reading = null;
  });
  return holder;
}
