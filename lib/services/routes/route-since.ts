import { z } from "zod";
import type { DatabasePort } from "../../adapters/database/port.ts";
import type { RouteRowView } from "../../domain/routes/route-view.ts";
import { ROUTE_OBJECT } from "../clusters/transition-key.ts";

/** The last state written of each route, by key. */
export type RouteSince = ReadonlyMap<string, { readonly state: string; readonly at: Date }>;
type Holder = { reading: Promise<Map<string, { state: string; at: Date }>> | null };

const Changes = z.object({
  changes: z.array(z.object({ objectKind: z.string(), key: z.string(), to: z.string(), at: z.iso.datetime() })),
});
const shared = new WeakMap<DatabasePort, Holder>();

/** Our own history of states: read once, then kept up to date by what the audit says was written. */
export function routeSince(db: DatabasePort): Promise<RouteSince> {
  const known = shared.get(db) ?? follow(db);
  known.reading ??= read(db).catch((error: unknown) => {
    known.reading = null;
    throw error;
  });
  return known.reading;
}

async function read(db: DatabasePort): Promise<Map<string, { state: string; at: Date }>> {
  const latest = await db.read.transitions.latest(ROUTE_OBJECT);
  const found = new Map<string, { state: string; at: Date }>();
  // A name may have had several lives: the newest change of any counts.
  for (const { objectKey, to, at } of latest) if ((found.get(objectKey)?.at ?? at) <= at) found.set(objectKey, { state: to, at });
  return found;
}

function follow(db: DatabasePort): Holder {
  const holder: Holder = { reading: null };
  shared.set(db, holder);
  db.onAudit((rows) => {
    for (const { action, detail } of rows) {
      if (action !== "cluster.recordTransitions") continue;
      const parsed = Changes.safeParse(detail);
      if (!parsed.success) holder.reading = null;
      const own = parsed.data?.changes.filter(({ objectKind }) => objectKind === ROUTE_OBJECT) ?? [];
      void holder.reading?.then((found) => {
        for (const { key, to, at } of own) found.set(key, { state: to, at: new Date(at) });
      });
    }
  });
  return holder;
}

/** Since when a route is what it is; null when its state is newer than our last note of it. */
export function sinceOf(since: RouteSince, { key, state }: Pick<RouteRowView, "key" | "state">): string | null {
  const last = since.get(key);
  return last?.state === state ? last.at.toISOString() : null;
}
