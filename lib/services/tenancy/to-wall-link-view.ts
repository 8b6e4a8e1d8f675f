import type { WallLinkRecord } from "../../adapters/database/port.ts";
import type { JsonObject } from "../../domain/json.ts";
import { WallFilter, type WallLinkView, wallLinkState } from "../../domain/tenancy/wall-link.ts";

export function toWallLinkView(link: WallLinkRecord, now: Date): WallLinkView {
  return {
    id: link.id,
    name: link.name,
    filter: readWallFilter(link.filter),
    state: wallLinkState(link, now),
    createdBy: link.createdByName,
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    exchangedAt: link.exchangedAt?.toISOString() ?? null,
    lastUsedAt: link.lastUsedAt?.toISOString() ?? null,
    revokedAt: link.revokedAt?.toISOString() ?? null,
    revokeReason: link.revokeReason,
  };
}

/** What was stored by `wallLink.create`. A filter of another shape must never widen what a screen shows, so it is no filter but a failure. */
export function readWallFilter(stored: JsonObject): WallFilter {
  return WallFilter.parse(stored);
}
