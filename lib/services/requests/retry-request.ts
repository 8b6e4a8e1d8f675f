import { z } from "zod";
import { activeTargetKey } from "../../domain/requests/request.ts";
import { requireNextState } from "../../domain/requests/request-state.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { lockRequest, requestScope } from "./request-scope.ts";
import { namingReservations } from "./reservations-of.ts";

export const RetryInput = z.strictObject({ id: z.string() });

/** Goes on with a delivery that stopped: the same bytes, from the step that failed. Without a step begun, freshness is asked again first. */
export const retryRequest = command({
  name: "request.retry",
  input: RetryInput,
  output: RequestView,
  permission: "request.retry",
  scope: requestScope,
  run: async (input, ctx) => {
    const request = await lockRequest(ctx.tx, input.id);
    const begun = (await ctx.tx.steps.list(request.id)).some((step) => step.state === "done" || step.result !== null);
    const state = requireNextState(request.state, begun ? "retry" : "restart");
    const at = ctx.clock.now();
    const after = await namingReservations({ name: null, awsName: null }, () =>
      ctx.tx.requests.update(request.id, { state, failure: null, activeTargetKey: activeTargetKey(request.kind, request.target) }, at),
    );
    await ctx.tx.steps.reopen(request.id, at);
    return { output: await readRequestView(ctx, after), audit: requestAudit(after), afterCommit: (outside) => outside.wakeDelivery() };
  },
});
