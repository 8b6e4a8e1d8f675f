import type { DatabasePort } from "../../adapters/database/port.ts";
import type { SessionId } from "../../domain/ids.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { toPerson } from "./to-person.ts";

/** The person behind a session with the rights she has now; null when the session is unknown, revoked or over. */
export async function personFromSession(db: DatabasePort, sessionId: SessionId, now: Date): Promise<Person | null> {
  const session = await db.read.people.findSession(sessionId);
  if (session === null || session.revokedAt !== null || session.endsAt <= now) return null;
  const rights = await db.read.people.findRights(session.userId);
  return rights === null ? null : toPerson(rights, { door: "session", sessionId: session.id, endsAt: session.endsAt });
}
