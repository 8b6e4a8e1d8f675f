import { z } from "zod";
import type { RightsMapping } from "../../adapters/database/port.ts";
import { TeamId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { TeamView } from "../../domain/tenancy/tenancy-view.ts";
import { query } from "../query.ts";
import { readTeam } from "./read-team.ts";

/** One team with its people, the groups that give rights in it, and its quota. `NOT_FOUND` also when it is not the caller's. */
export const getTeam = query({
  name: "team.get",
  input: z.strictObject({ id: TeamId }),
  output: TeamView,
  permission: "settings.read",
  scope: async ({ id }, { tx }) => ((await tx.tenancy.findTeam(id)) === null ? null : { type: "team", teamId: id }),
  run: async ({ id }, ctx) => {
    const { tenancy } = ctx.db.read;
    const [team, members, mappings] = await Promise.all([tenancy.findTeam(id), tenancy.listMembers(id), tenancy.listMappings()]);
    if (team === null) throw new PortalError("NOT_FOUND", "notFound");
    const people = members.map(({ user, role, source }) => ({ id: user.id, name: user.name, role, source }));
    return { ...(await readTeam(ctx, team)), people, groups: mappings.flatMap((mapping) => groupOf(mapping, id)) };
  },
});

function groupOf(mapping: RightsMapping, team: TeamId) {
  return mapping.type === "group" && "teamId" in mapping.grant && mapping.grant.teamId === team
    ? [{ group: mapping.group, role: mapping.grant.role }]
    : [];
}
