import { z } from "zod";
import { WallLinkId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { hashOfSecret, NewWallLinkView, newWallSecret } from "../../domain/tenancy/wall-link.ts";
import { paths } from "../../paths.ts";
import { command } from "../command.ts";
import { toWallLinkView } from "./to-wall-link-view.ts";

/** A new token for the same link, for a screen that lost its cookie: the old cookie is nobody's from now on, and its stream ends. `CONFLICT` `wall.over`. */
export const renewWallLink = command({
  name: "wallLink.renew",
  input: z.strictObject({ id: WallLinkId }),
  output: NewWallLinkView,
  permission: "wallLink.manage",
  scope: async () => ({ type: "installation" }),
  run: async ({ id }, { tx, clock, settings, randomId }) => {
    if ((await tx.wall.find(id)) === null) throw new PortalError("NOT_FOUND", "notFound");
    const at = clock.now();
    const token = newWallSecret(randomId);
    if (!(await tx.wall.renew(id, { tokenHash: await hashOfSecret(token), at }))) throw new PortalError("CONFLICT", "wall.over");
    const link = await tx.wall.find(id);
    if (link === null) throw new PortalError("NOT_FOUND", "notFound");
    return {
      output: { link: toWallLinkView(link, at), url: `${settings.baseUrl}${paths.wall(token)}` },
      audit: { teamId: null, target: `wall-link/${id}`, detail: { name: link.name, endedWallLinks: [id] } },
    };
  },
});
