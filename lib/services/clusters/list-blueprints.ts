import { z } from "zod";
import { query } from "../query.ts";
import { BlueprintView, toBlueprintView } from "./blueprint-view.ts";

/** The newest version of every blueprint, withdrawn ones marked. */
export const listBlueprints = query({
  name: "blueprint.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(BlueprintView), nextCursor: z.null() }),
  permission: "catalog.readAll",
  scope: async () => ({ type: "installation" }),
  run: async (_input, ctx) => {
    const records = await ctx.db.read.tenancy.listBlueprints();
    return { items: await Promise.all(records.map((record) => toBlueprintView(ctx.db.read, record))), nextCursor: null };
  },
});
