import type { DatabasePort } from "../../adapters/database/port.ts";
import type { UserId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";

const AT_MOST = 2;

const inFlight = new WeakMap<DatabasePort, Map<UserId, AbortController[]>>();

/**
 * Runs one dry plan of a person. A third at the same time aborts the oldest: whoever types wants the answer to what she typed last.
 * `UNAVAILABLE` `requests.planSuperseded` for the aborted one.
 */
export async function withPlanSlot<T>(
  db: DatabasePort,
  person: UserId,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const all = inFlight.get(db) ?? new Map<UserId, AbortController[]>();
  inFlight.set(db, all);
  const mine = all.get(person) ?? [];
  all.set(person, mine);
  while (mine.length >= AT_MOST) mine.shift()?.abort();
  const own = new AbortController();
  mine.push(own);
  try {
    return await run(AbortSignal.any([signal, own.signal]));
  } catch (error) {
    if (own.signal.aborted) throw new PortalError("UNAVAILABLE", "requests.planSuperseded", {}, { cause: error });
    throw error;
  } finally {
    if (mine.includes(own)) mine.splice(mine.indexOf(own), 1);
    if (mine.length === 0 && all.get(person) === mine) all.delete(person);
  }
}
