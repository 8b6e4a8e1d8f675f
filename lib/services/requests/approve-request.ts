import type { RequestRecord } from "../../adapters/database/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { openSlots } from "../../domain/requests/approval.ts";
import { contentHash } from "../../domain/requests/content-hash.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import { ApproveInput } from "../../domain/requests/request.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { addVote, requireSlot } from "./decide.ts";
import { enterApproved } from "./enter-approved.ts";
import { votesOn } from "./list-request-rows.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { getRequestRecord, lockRequest, requestScope } from "./request-scope.ts";

/** `observed`: target keys of the team's clusters as the API servers showed them just before the transaction. */
type Prepared = { readonly observed: readonly string[] };

/** Fills one slot with exactly the content whose hash the approver names. The approval that fills the last one reserves quota and starts delivery. */
export const approveRequest = command({
  name: "request.approve",
  input: ApproveInput,
  output: RequestView,
  permission: "request.decide",
  scope: requestScope,
  prepare: async (input, ctx): Promise<Prepared> => {
    const request = await getRequestRecord(ctx.db.read, input.id);
    requireHash(request, input.contentHash);
    await requireSlot({ ...ctx, tx: ctx.db.read }, request);
    await requireFresh(ctx, request);
    return {
      observed: Array.from(ctx.clusters.values()).flatMap((cluster) =>
        cluster.team === request.teamId ? [`${cluster.managementCluster}/${cluster.namespace}/${cluster.name}`] : [],
      ),
    };
  },
  run: async (input, ctx, { observed }) => {
    // Always team row, then request row: two approvals that need both never wait for each other.
    const { teamId } = await getRequestRecord(ctx.tx, input.id);
    if (teamId !== null) await ctx.tx.tenancy.lockTeam(teamId);
    const request = await lockRequest(ctx.tx, input.id);
    requireHash(request, input.contentHash);
    const slot = await requireSlot(ctx, request);
    await addVote(ctx, request, { slot, decision: "approve", comment: input.comment ?? null });
    const votes = votesOn(request, await ctx.tx.requests.listApprovals(request.id));
    const complete = openSlots({ slots: request.slots, votes }).length === 0;
    const after = complete ? await enterApproved(ctx, request, observed) : await ctx.tx.requests.update(request.id, {}, ctx.clock.now());
    return {
      output: await readRequestView(ctx, after),
      audit: requestAudit(after, { slot: slot.id, complete }),
      ...(complete ? { afterCommit: (outside: Context) => outside.wakeDelivery() } : {}),
    };
  },
});

/** People sign the content they saw: another revision is another content. */
function requireHash(request: RequestRecord, hash: string): void {
  if (request.contentHash !== hash)
    throw new PortalError("CONFLICT", "requests.staleHash", { id: request.id, revision: request.revision, hash: request.contentHash });
}

async function requireFresh(ctx: Context, request: RequestRecord): Promise<void> {
  if ((await contentHash(request.planBytes)) !== request.contentHash) throw new PortalError("INTERNAL", "requests.planUnreadable");
  const kind = ctx.kinds.get(request.kind);
  await kind.fresh(ctx, kind.input.parse(request.input), parsePlan(request.planBytes), request.id);
}
