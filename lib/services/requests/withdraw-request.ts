import { z } from "zod";
import { requireNextState, wrongState } from "../../domain/requests/request-state.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { askerScope, getRequestRecord, lockRequest } from "./request-scope.ts";
import { requireObjectsGone } from "./require-objects-gone.ts";
import { NOTHING_RESERVED } from "./reservations-of.ts";

export const WithdrawInput = z.strictObject({ id: z.string() });

/** Ends a request that nobody has approved, or a stopped delivery of which nothing is left: names and quota outlive a request only with its object. */
export const withdrawRequest = command({
  name: "request.withdraw",
  input: WithdrawInput,
  output: RequestView,
  permission: "request.withdraw",
  scope: askerScope,
  prepare: async (input, ctx) => {
    const request = await getRequestRecord(ctx.db.read, input.id);
    requireNextState(request.state, "withdraw");
    if (request.state === "failed") await requireObjectsGone(ctx, request);
    return { from: request.state, seenAt: request.updatedAt };
  },
  run: async (input, ctx, { from, seenAt }) => {
    const request = await lockRequest(ctx.tx, input.id);
    const state = requireNextState(request.state, "withdraw");
    const isUnseen = request.state === "failed" && request.updatedAt.getTime() !== seenAt.getTime();
    if (isUnseen) throw wrongState("delivering", "withdraw");
    const at = ctx.clock.now();
    const after = await ctx.tx.requests.update(request.id, { state, endedAt: at, ...NOTHING_RESERVED }, at);
    return { output: await readRequestView(ctx, after), audit: requestAudit(after, { from }) };
  },
});
