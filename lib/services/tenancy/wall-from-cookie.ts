import type { DatabasePort } from "../../adapters/database/port.ts";
import type { WallActor } from "../../domain/tenancy/actor.ts";
import { wallLinkState } from "../../domain/tenancy/wall-link.ts";
import { readWallFilter } from "./to-wall-link-view.ts";

const TOUCH_MS = 60_000;

/** The screen behind a cookie (by SHA-256 hex of its secret); null when the link is unknown, renewed, revoked or over. */
export async function wallFromCookie(db: DatabasePort, hash: string, now: Date): Promise<WallActor | null> {
  const link = await db.read.wall.findByCookie(hash);
  if (link === null || wallLinkState(link, now) !== "open") return null;
  // "Last used" to the minute is enough, as with tokens.
  if (link.lastUsedAt === null || now.getTime() - link.lastUsedAt.getTime() > TOUCH_MS) await db.read.wall.touch(link.id, now);
  return { type: "wall", linkId: link.id, name: link.name, filter: readWallFilter(link.filter), endsAt: link.expiresAt };
}
