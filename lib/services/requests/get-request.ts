import { z } from "zod";
import { RequestView } from "../../domain/requests/request-view.ts";
import { query } from "../query.ts";
import { readRequestView } from "./read-request-view.ts";
import { getRequestRecord, readerScope } from "./request-scope.ts";

/** One request with its plan, what admission makes of it, slots, approvals, steps, and what the caller may do. */
export const getRequest = query({
  name: "request.get",
  input: z.strictObject({ id: z.string() }),
  output: RequestView,
  permission: "request.read",
  scope: readerScope,
  run: async (input, ctx) => readRequestView({ ...ctx, tx: ctx.db.read }, await getRequestRecord(ctx.db.read, input.id)),
});
