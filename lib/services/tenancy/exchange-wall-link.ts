import { z } from "zod";
import { WallLinkId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { WallFilter } from "../../domain/tenancy/wall-link.ts";
import { command } from "../command.ts";
import { readWallFilter } from "./to-wall-link-view.ts";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Spends the token of a link for a screen's cookie. A second exchange, and one of a link that was revoked or is over, is refused
 * (`CONFLICT` `wall.spent`) and leaves a row: somebody else may have read the link.
 */
export const exchangeWallLink = command({
  name: "wallLink.exchange",
  input: z.strictObject({ id: WallLinkId, tokenHash: Hash, cookieHash: Hash }),
  output: z.strictObject({ filter: WallFilter, expiresAt: z.date() }),
  permission: "wallLink.exchange",
  scope: async () => ({ type: "installation" }),
  run: async ({ id, tokenHash, cookieHash }, { tx, clock }) => {
    const won = await tx.wall.exchange(id, { tokenHash, cookieHash, at: clock.now() });
    const link = await tx.wall.find(id);
    if (!won || link === null) throw new PortalError("CONFLICT", "wall.spent");
    return {
      output: { filter: readWallFilter(link.filter), expiresAt: link.expiresAt },
      audit: { teamId: null, target: `wall-link/${id}`, detail: { name: link.name, expiresAt: link.expiresAt.toISOString() } },
    };
  },
});
