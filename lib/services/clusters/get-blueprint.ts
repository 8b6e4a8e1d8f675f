import { z } from "zod";
import { blueprintSchema } from "../../domain/clusters/blueprint-schema.ts";
import { TeamId } from "../../domain/ids.ts";
import { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { BlueprintView, toBlueprintView } from "./blueprint-view.ts";
import { exampleOf } from "./example-input.ts";

/** One blueprint, with the JSON Schema of its input and a whole example for the caller's team (`team` chooses among several). `NOT_FOUND` when there is none. */
export const getBlueprint = query({
  name: "blueprint.get",
  input: z.strictObject({ id: z.string().max(63), team: z.exactOptional(TeamId) }),
  output: z.strictObject({
    ...BlueprintView.shape,
    schema: JsonObject,
    example: z.nullable(JsonObject),
    exampleTeam: z.nullable(z.string()),
  }),
  permission: "catalog.readAll",
  scope: async () => ({ type: "installation" }),
  run: async ({ id, team }, ctx) => {
    const record = await ctx.db.read.tenancy.findBlueprint(id);
    if (record === null) throw new PortalError("NOT_FOUND", "notFound");
    const view = await toBlueprintView(ctx.db.read, record);
    for (const candidate of await teamsFor(ctx, team)) {
      const example = await exampleOf(ctx, record, candidate);
      if (example !== null) return { ...view, schema: blueprintSchema(view), example, exampleTeam: candidate };
    }
    return { ...view, schema: blueprintSchema(view), example: null, exampleTeam: null };
  },
});

/** The caller's teams; a platform admin may ask for any. */
async function teamsFor(ctx: Context, wanted: TeamId | undefined): Promise<readonly TeamId[]> {
  const { actor } = ctx;
  if (actor.type !== "person") return [];
  const isAdmin = actor.globalRoles.includes("platform-admin");
  const own = actor.memberships.map(({ teamId }) => teamId);
  const open = isAdmin ? [...own, ...(await ctx.db.read.tenancy.listTeams()).map(({ id }) => id)] : own;
  return wanted === undefined ? open : open.filter((id) => id === wanted);
}
