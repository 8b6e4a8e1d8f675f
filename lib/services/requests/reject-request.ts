import { z } from "zod";
import { requireNextState } from "../../domain/requests/request-state.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import { addVote, requireSlot } from "./decide.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { lockRequest, requestScope } from "./request-scope.ts";
import { NOTHING_RESERVED } from "./reservations-of.ts";

export const RejectInput = z.strictObject({ id: z.string(), reason: z.string().trim().min(3).max(2000) });

/** Rejecting in any slot ends the request; its names are free again. */
export const rejectRequest = command({
  name: "request.reject",
  input: RejectInput,
  output: RequestView,
  permission: "request.decide",
  scope: requestScope,
  run: async (input, ctx) => {
    const request = await lockRequest(ctx.tx, input.id);
    const slot = await requireSlot(ctx, request);
    await addVote(ctx, request, { slot, decision: "reject", comment: input.reason });
    const at = ctx.clock.now();
    const after = await ctx.tx.requests.update(
      request.id,
      { state: requireNextState(request.state, "reject"), decidedAt: at, endedAt: at, ...NOTHING_RESERVED },
      at,
    );
    return { output: await readRequestView(ctx, after), audit: requestAudit(after, { slot: slot.id }) };
  },
});
