import { z } from "zod";
import { WallLinkId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { WallLinkView } from "../../domain/tenancy/wall-link.ts";
import { command } from "../command.ts";
import { requirePerson } from "./require-person.ts";
import { toWallLinkView } from "./to-wall-link-view.ts";

/** Ends a link for good: token and cookie are nobody's from the next call on, and an open stream ends. Revoking twice is no error and keeps the first reason. */
export const revokeWallLink = command({
  name: "wallLink.revoke",
  input: z.strictObject({ id: WallLinkId, reason: z.string().trim().min(3).max(500) }),
  output: WallLinkView,
  permission: "wallLink.manage",
  scope: async () => ({ type: "installation" }),
  run: async ({ id, reason }, { tx, clock, actor }) => {
    const person = requirePerson(actor);
    const at = clock.now();
    await tx.wall.revoke(id, { at, by: person.userId, reason });
    const link = await tx.wall.find(id);
    if (link === null) throw new PortalError("NOT_FOUND", "notFound");
    return {
      output: toWallLinkView(link, at),
      audit: { teamId: null, target: `wall-link/${id}`, detail: { name: link.name, reason, endedWallLinks: [id] } },
    };
  },
});
