import type { DatabasePort } from "../../adapters/database/port.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { toPerson } from "./to-person.ts";

const TOUCH_MS = 60_000;

/** The owner of a bearer token (by SHA-256 hex of it) with the rights she has now; null when it is unknown, revoked or expired. */
export async function personFromToken(db: DatabasePort, hash: string, now: Date): Promise<Person | null> {
  const token = await db.read.people.findToken(hash);
  if (token === null || token.revokedAt !== null || token.expiresAt <= now) return null;
  const rights = await db.read.people.findRights(token.userId);
  if (rights === null) return null;
  // "Last used" to the minute is enough; a write for every call would not be.
  if (token.lastUsedAt === null || now.getTime() - token.lastUsedAt.getTime() > TOUCH_MS) await db.read.people.touchToken(token.id, now);
  return toPerson(rights, { door: "token", tokenId: token.id, scopes: token.scopes });
}
