import { z } from "zod";
import { query } from "../query.ts";

/** The kinds that people may ask for. */
export const listRequestKinds = query({
  name: "requestKind.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(z.strictObject({ kind: z.string() })), nextCursor: z.null() }),
  permission: "catalog.readAll",
  scope: async () => ({ type: "installation" }),
  run: async (_input, ctx) => ({
    items: ctx.kinds.list().flatMap(({ name, offered }) => (offered ? [{ kind: name }] : [])),
    nextCursor: null,
  }),
});
