import { z } from "zod";
import { RequestId } from "../../domain/ids.ts";
import { requireNextState, wrongState } from "../../domain/requests/request-state.ts";
import { command } from "../command.ts";
import { requestAudit } from "./request-audit.ts";
import { lockRequest } from "./request-scope.ts";
import { NOTHING_RESERVED } from "./reservations-of.ts";

/** Ends a request that nobody decided in time. A request that moved on meanwhile is left alone: `CONFLICT` `requests.wrongState`. */
export const expireRequest = command({
  name: "request.expire",
  input: z.strictObject({ id: RequestId }),
  output: z.strictObject({ id: z.string() }),
  permission: "system.run",
  scope: async () => ({ type: "installation" }),
  run: async (input, ctx) => {
    const request = await lockRequest(ctx.tx, input.id);
    const at = ctx.clock.now();
    // Resubmitted since it was found: it has its full time again.
    if (request.expiresAt > at) throw wrongState(request.state, "expire");
    const state = requireNextState(request.state, "expire");
    const after = await ctx.tx.requests.update(request.id, { state, endedAt: at, ...NOTHING_RESERVED }, at);
    return { output: { id: after.id }, audit: requestAudit(after) };
  },
});
