import { z } from "zod";
import type { DatabasePort } from "../../adapters/database/port.ts";
import type { RouteRowView } from "../../domain/routes/route-view.ts";
import { ROUTE_OBJECT } from "../clusters/transition-key.ts";

type Since = { readonly state: string; readonly at: string };
/** The last state written of each route, by key. */
export type RouteSince = ReadonlyMap<string, Since>;
type Holder = { reading: Promise<Map<string, Since>> | null };

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

async function read(db: DatabasePort): Promise<Map<string, Since>> {
  const latest = await db.read.transitions.latest(ROUTE_OBJECT);
  // A name may have had several lives: the newest change of any counts.
  const oldestFirst = [...latest].sort((one, other) => one.at.getTime() - other.at.getTime());
  return new Map(oldestFirst.map(({ objectKey, to, at }) => [objectKey, { state: to, at: at.toISOString() }]));
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
        for (const { key, to, at } of own) found.set(key, { state: to, at: new Date(at).toISOString() });
      });
    }
  });
  return holder;
}

/** Since when a route is what it is; null when its state is newer than our last note of it. */
export function sinceOf(since: RouteSince, { key, state }: Pick<RouteRowView, "key" | "state">): string | null {
  const last = since.get(key);
  return last?.state === state ? last.at : null;
}
