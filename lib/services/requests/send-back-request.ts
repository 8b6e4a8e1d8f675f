import { z } from "zod";
import { requireNextState } from "../../domain/requests/request-state.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import { addVote, requireSlot } from "./decide.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { lockRequest, requestScope } from "./request-scope.ts";

export const SendBackInput = z.strictObject({ id: z.string(), comment: z.string().trim().min(3).max(2000) });

/** Back to the requester with a comment; she may resubmit. Names stay reserved. */
export const sendBackRequest = command({
  name: "request.sendBack",
  input: SendBackInput,
  output: RequestView,
  permission: "request.decide",
  scope: requestScope,
  run: async (input, ctx) => {
    const request = await lockRequest(ctx.tx, input.id);
    const slot = await requireSlot(ctx, request);
    await addVote(ctx, request, { slot, decision: "send-back", comment: input.comment });
    const after = await ctx.tx.requests.update(request.id, { state: requireNextState(request.state, "send-back") }, ctx.clock.now());
    return { output: await readRequestView(ctx, after), audit: requestAudit(after, { slot: slot.id }) };
  },
});
