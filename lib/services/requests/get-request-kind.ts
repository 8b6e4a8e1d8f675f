import { z } from "zod";
import { TeamId } from "../../domain/ids.ts";
import { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";

/** One kind: the JSON Schema of its input, and a whole acceptable input for the caller's team (null when her teams have nothing to build it from). */
export const getRequestKind = query({
  name: "requestKind.get",
  input: z.strictObject({ kind: z.string().max(100), team: z.exactOptional(TeamId) }),
  output: z.strictObject({ kind: z.string(), schema: JsonObject, team: z.nullable(z.string()), example: z.nullable(JsonObject) }),
  permission: "catalog.readAll",
  scope: async () => ({ type: "installation" }),
  run: async (input, ctx) => {
    const kind = ctx.kinds.get(input.kind);
    if (!kind.offered) throw new PortalError("NOT_FOUND", "requests.unknownKind", { kind: input.kind });
    const schema = JsonObject.parse(z.toJSONSchema(kind.input, { io: "input", unrepresentable: "any" }));
    for (const team of await teamsOf(ctx, input.team)) {
      const example = await kind.example(ctx, team);
      if (example !== null) return { kind: kind.name, schema, team, example };
    }
    return { kind: kind.name, schema, team: null, example: null };
  },
});

/** Teams whose accounts the caller may see: an example never tells of others. */
async function teamsOf(ctx: Context, wanted: TeamId | undefined): Promise<readonly TeamId[]> {
  const all = (await ctx.db.read.tenancy.listTeams()).map(({ id }) => id);
  return all
    .filter((team) => (wanted === undefined || team === wanted) && maySee(ctx.actor, team))
    .sort((one, other) => rank(ctx.actor, one) - rank(ctx.actor, other));
}

function maySee(actor: Actor, team: TeamId): boolean {
  return holds(actor, "catalog.read", { type: "team", teamId: team });
}

/** Her own teams first. */
function rank(actor: Actor, team: TeamId): number {
  return actor.type === "person" && actor.memberships.some(({ teamId }) => teamId === team) ? 0 : 1;
}
