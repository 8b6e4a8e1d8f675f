import type { DatabasePort } from "../../adapters/database/port.ts";
import { targetKey } from "../../domain/requests/request.ts";
import { CHANGE_ROUTE, CREATE_ROUTE } from "../routes/route-target.ts";

/** When each route was last delivered, by key. */
export type RouteDeliveries = ReadonlyMap<string, Date>;

const shared = new WeakMap<DatabasePort, { reading: Promise<RouteDeliveries> | null }>();

/** However many people look, one change of a request costs one reading. Audit rows say when to read again. */
export function routeDeliveries(db: DatabasePort): Promise<RouteDeliveries> {
  const known = shared.get(db) ?? watchRequests(db);
  known.reading ??= read(db).catch((error: unknown) => {
    known.reading = null;
    throw error;
  });
  return known.reading;
}

async function read(db: DatabasePort): Promise<RouteDeliveries> {
  const delivered = await db.read.requests.lastDelivered([CREATE_ROUTE, CHANGE_ROUTE]);
  return new Map(delivered.map(({ target, at }) => [targetKey(target), at]));
}

function watchRequests(db: DatabasePort): { reading: Promise<RouteDeliveries> | null } {
  const holder: { reading: Promise<RouteDeliveries> | null } = { reading: null };
  shared.set(db, holder);
  db.onAudit((rows) => {
    if (rows.some(({ target }) => target.startsWith("request/"))) holder.reading = null;
  });
  return holder;
}
