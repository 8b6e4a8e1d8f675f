import { z } from "zod";
import { TeamRowView } from "../../domain/tenancy/tenancy-view.ts";
import { query } from "../query.ts";
import { readTeam } from "./read-team.ts";
import { visibleTeamIds } from "./require-person.ts";

/** The caller's teams with quota and use; all of them for a platform admin, none for somebody without a team. */
export const listTeams = query({
  name: "team.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(TeamRowView), nextCursor: z.null() }),
  permission: "self.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, ctx) => {
    const visible = visibleTeamIds(ctx.actor);
    const teams = (await ctx.db.read.tenancy.listTeams()).filter(({ id }) => visible === null || visible.has(id));
    return { items: await Promise.all(teams.map((team) => readTeam(ctx, team))), nextCursor: null };
  },
});
