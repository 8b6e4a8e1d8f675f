import { z } from "zod";
import { WallLinkView } from "../../domain/tenancy/wall-link.ts";
import { query } from "../query.ts";
import { toWallLinkView } from "./to-wall-link-view.ts";

const NEWEST = 500;

/** Links that show the map on a screen, newest first, ended ones too; never their tokens. */
export const listWallLinks = query({
  name: "wallLink.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(WallLinkView), nextCursor: z.null() }),
  permission: "wallLink.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, { db, clock }) => {
    const now = clock.now();
    return { items: (await db.read.wall.list(NEWEST)).map((link) => toWallLinkView(link, now)), nextCursor: null };
  },
});
