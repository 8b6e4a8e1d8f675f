import { z } from "zod";
import type { RequestId } from "../../domain/ids.ts";
import { JsonValue } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { Purpose } from "../../domain/requests/request.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { enterApproved } from "./enter-approved.ts";
import { insertRequest } from "./insert-request.ts";
import { type PreparedPlan, preparePlan } from "./prepare-plan.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { getRequestRecord } from "./request-scope.ts";
import { requireAdmitted } from "./require-admitted.ts";

export const SubmitSystemInput = z.strictObject({ kind: z.string(), purpose: Purpose, input: JsonValue });

/** `running` is a request of the same content that is being delivered already: it is handed back instead of a second one. */
type Prepared = { readonly plan: PreparedPlan; readonly running: RequestId | null };

/** A request of the portal itself, for kinds that nobody is offered. A policy without slots approves it at once, and the audit names the policy. */
export const submitSystemRequest = command({
  name: "request.submitSystem",
  input: SubmitSystemInput,
  output: RequestView,
  permission: "system.run",
  scope: async () => ({ type: "installation" }),
  prepare,
  run: async (input, ctx, { plan, running }) => {
    if (running !== null) {
      const request = await getRequestRecord(ctx.tx, running);
      return { output: await readRequestView(ctx, request), audit: requestAudit(request, { again: true }) };
    }
    const waiting = await insertRequest(ctx, plan, { purpose: input.purpose, requesterId: null });
    const approvedBy = plan.slots.length === 0 ? plan.policy.name : null;
    const request = approvedBy === null ? waiting : await enterApproved(ctx, waiting, []);
    const audit = requestAudit(request, { policy: plan.policy.name, ...(approvedBy === null ? {} : { approvedByPolicy: approvedBy }) });
    return {
      output: await readRequestView(ctx, request),
      audit,
      ...(approvedBy === null ? {} : { afterCommit: (outside: Context) => outside.wakeDelivery() }),
    };
  },
});

async function prepare(input: z.infer<typeof SubmitSystemInput>, ctx: Context): Promise<Prepared> {
  const kind = ctx.kinds.get(input.kind);
  if (kind.offered) throw new PortalError("FORBIDDEN", "forbidden", { permission: "request.submit" });
  const plan = await preparePlan(ctx, { kind: input.kind, team: null, input: input.input });
  requireAdmitted(kind, plan.plan, plan.admitted);
  const active = await ctx.db.read.requests.list(
    { states: ["approved", "delivering"], target: plan.plan.target },
    { cursor: null, limit: 1 },
  );
  const running = active.items.find(({ contentHash }) => contentHash === plan.hash);
  return { plan, running: running?.id ?? null };
}
