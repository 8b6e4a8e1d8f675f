import { z } from "zod";
import { requireNextState } from "../../domain/requests/request-state.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { lockRequest, requestScope } from "./request-scope.ts";
import { NOTHING_RESERVED } from "./reservations-of.ts";

export const WithdrawInput = z.strictObject({ id: z.string() });

/** Ends a request that nobody has approved, or a delivery that stopped. What a stopped delivery already made keeps its names until it is gone. */
export const withdrawRequest = command({
  name: "request.withdraw",
  input: WithdrawInput,
  output: RequestView,
  permission: "request.withdraw",
  scope: requestScope,
  run: async (input, ctx) => {
    const request = await lockRequest(ctx.tx, input.id);
    const state = requireNextState(request.state, "withdraw");
    const at = ctx.clock.now();
    const begun = (await ctx.tx.steps.list(request.id)).some((step) => step.startedAt !== null);
    const after = await ctx.tx.requests.update(
      request.id,
      { state, endedAt: at, ...(begun ? { activeTargetKey: null } : NOTHING_RESERVED) },
      at,
    );
    return { output: await readRequestView(ctx, after), audit: requestAudit(after, { begun }) };
  },
});
