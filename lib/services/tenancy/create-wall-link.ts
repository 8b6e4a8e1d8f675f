import { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import {
  CreateWallLinkInput,
  hashOfSecret,
  MAX_OPEN_WALL_LINKS,
  NewWallLinkView,
  newWallSecret,
  wallLinkState,
} from "../../domain/tenancy/wall-link.ts";
import { paths } from "../../paths.ts";
import { command } from "../command.ts";
import { requirePerson } from "./require-person.ts";
import { toWallLinkView } from "./to-wall-link-view.ts";

const DAY_MS = 86_400_000;
const LISTED = 1000;

/** Makes a link that shows the map on a screen. The answer holds its address once; only the token's hash is kept. `PRECONDITION` `wall.tooMany`. */
export const createWallLink = command({
  name: "wallLink.create",
  input: CreateWallLinkInput,
  output: NewWallLinkView,
  permission: "wallLink.manage",
  scope: async () => ({ type: "installation" }),
  run: async ({ name, filter, days }, { tx, clock, actor, settings, randomId }) => {
    const person = requirePerson(actor);
    const at = clock.now();
    const open = (await tx.wall.list(LISTED)).filter((link) => ["unused", "open"].includes(wallLinkState(link, at)));
    if (open.length >= MAX_OPEN_WALL_LINKS) throw new PortalError("PRECONDITION", "wall.tooMany", { limit: MAX_OPEN_WALL_LINKS });
    const token = newWallSecret(randomId);
    const expiresAt = new Date(at.getTime() + days * DAY_MS);
    const stored = JsonObject.parse(filter);
    const id = await tx.wall.insert({
      name,
      filter: stored,
      tokenHash: await hashOfSecret(token),
      createdById: person.userId,
      createdAt: at,
      expiresAt,
    });
    const link = await tx.wall.find(id);
    if (link === null) throw new PortalError("INTERNAL", "internal");
    return {
      output: { link: toWallLinkView(link, at), url: `${settings.baseUrl}${paths.wall(token)}` },
      audit: { teamId: null, target: `wall-link/${id}`, detail: { name, filter: stored, expiresAt: expiresAt.toISOString() } },
    };
  },
});
