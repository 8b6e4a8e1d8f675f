import { z } from "zod";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { getRequestRecord, readerScope } from "./request-scope.ts";
import { requirePerson } from "./require-person.ts";

export const CommentInput = z.strictObject({ id: z.string(), text: z.string().trim().min(1).max(4000) });

/** A word beside the request; it changes nothing of its content. */
export const commentOnRequest = command({
  name: "request.comment",
  input: CommentInput,
  output: RequestView,
  permission: "request.comment",
  scope: readerScope,
  run: async (input, ctx) => {
    const { userId } = requirePerson(ctx.actor);
    const request = await getRequestRecord(ctx.tx, input.id);
    await ctx.tx.requests.addComment(request.id, { authorId: userId, text: input.text, at: ctx.clock.now() });
    return { output: await readRequestView(ctx, request), audit: requestAudit(request) };
  },
});
