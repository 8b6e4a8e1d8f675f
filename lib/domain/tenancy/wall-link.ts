import { z } from "zod";
import { TopologyInput } from "../topology/topology-view.ts";

const instant = z.iso.datetime();

export const WALL_LINK_DAYS = { usual: 30, most: 365 } as const;
/** So that a list stays a list and nobody makes links by a loop. */
export const MAX_OPEN_WALL_LINKS = 100;

/** What a link to a screen narrows the map to; a screen keeps no folds of its own. */
export const WallFilter = TopologyInput.pick({ team: true, account: true, network: true, health: true, focus: true, depth: true });
export type WallFilter = z.infer<typeof WallFilter>;

export const CreateWallLinkInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  filter: WallFilter.default({}),
  days: z.int().min(1).max(WALL_LINK_DAYS.most).default(WALL_LINK_DAYS.usual),
});
export type CreateWallLinkInput = z.infer<typeof CreateWallLinkInput>;

/** `unused`: the token waits to be opened on a screen. `open`: a screen holds its cookie. */
export const WallLinkState = z.enum(["unused", "open", "revoked", "expired"]);
export type WallLinkState = z.infer<typeof WallLinkState>;

/** A link without its token: nobody can read that again. */
export const WallLinkView = z.strictObject({
  id: z.string(),
  name: z.string(),
  filter: WallFilter,
  state: WallLinkState,
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  exchangedAt: z.nullable(instant),
  lastUsedAt: z.nullable(instant),
  revokedAt: z.nullable(instant),
  revokeReason: z.nullable(z.string()),
});
export type WallLinkView = z.infer<typeof WallLinkView>;

/** The answer that holds the link itself, once. */
export const NewWallLinkView = z.strictObject({ link: WallLinkView, url: z.string() });
export type NewWallLinkView = z.infer<typeof NewWallLinkView>;

type Times = { readonly expiresAt: Date; readonly exchangedAt: Date | null; readonly revokedAt: Date | null };

export function wallLinkState({ expiresAt, exchangedAt, revokedAt }: Times, now: Date): WallLinkState {
  if (revokedAt !== null) return "revoked";
  if (expiresAt <= now) return "expired";
  return exchangedAt === null ? "unused" : "open";
}

/** The token of a link as it stands behind the `#` of its address, and the secret of a screen's cookie. */
export const WallSecret = z.string().regex(/^tw_[A-Za-z0-9_-]{40,100}$/);

/** SHA-256 hex of a secret: all that is ever stored of it, and what it is looked up by. */
export async function hashOfSecret(secret: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** 256 bits and more, from two random ids of 128. */
export function newWallSecret(randomId: () => string): string {
  return `tw_${randomId()}${randomId()}`;
}
