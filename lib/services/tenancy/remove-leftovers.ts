import { z } from "zod";
import { command } from "../command.ts";
import type { Context } from "../context.ts";

/** A session that ended a day ago answers nobody any more; what it did stands in the audit. */
const SESSION_KEPT_MS = 86_400_000;
/** Nobody repeats a submission after a week: her request has long been decided or has expired. */
const KEY_KEPT_MS = 7 * SESSION_KEPT_MS;
const AT_MOST = 1_000;

/** Is there anything to remove? Asked first, so that a round without work leaves no audit row. */
export async function hasLeftovers({ db, clock }: Context): Promise<boolean> {
  const { sessions, keys } = limitsAt(clock.now());
  const counts = await Promise.all([db.read.people.countEndedSessions(sessions), db.read.requests.countKeys(keys)]);
  return counts.some((count) => count > 0);
}

/** Removes sessions that ended long ago and idempotency keys that nobody repeats, at most a thousand of each: what is left has the next round. */
export const removeLeftovers = command({
  name: "leftovers.remove",
  input: z.strictObject({}),
  output: z.strictObject({ sessions: z.int(), keys: z.int() }),
  permission: "system.run",
  scope: async () => ({ type: "installation" }),
  run: async (_input, { tx, clock }) => {
    const limits = limitsAt(clock.now());
    const sessions = await tx.people.removeEndedSessions(limits.sessions, AT_MOST);
    const keys = await tx.requests.removeKeys(limits.keys, AT_MOST);
    return { output: { sessions, keys }, audit: { teamId: null, target: "leftovers", detail: { sessions, keys } } };
  },
});

function limitsAt(now: Date): { readonly sessions: Date; readonly keys: Date } {
  return { sessions: new Date(now.getTime() - SESSION_KEPT_MS), keys: new Date(now.getTime() - KEY_KEPT_MS) };
}
