import type { RequestRecord } from "../../adapters/database/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import { activeTargetKey } from "../../domain/requests/request.ts";
import { requireNextState } from "../../domain/requests/request-state.ts";
import type { TransactionContext } from "../context.ts";
import { stepLabel } from "./delivery-problem.ts";
import { namingReservations, reservationsOf } from "./reservations-of.ts";

/**
 * The last approval: reserves quota, makes this the one request that acts on its target, and writes the steps to deliver. The caller holds
 * the locks (team row, then request row). `observed` are the target keys of the team's clusters as the API servers show them.
 * `PRECONDITION` `requests.quotaExceeded` · `CONFLICT` `requests.targetBusy`.
 */
export async function enterApproved(ctx: TransactionContext, request: RequestRecord, observed: readonly string[]): Promise<RequestRecord> {
  const plan = parsePlan(request.planBytes);
  const reserved = reservationsOf(ctx.kinds.get(request.kind), plan);
  await requireQuota(ctx, request, reserved.clusters, observed);
  const at = ctx.clock.now();
  const names = { name: request.reservedName, awsName: request.reservedAwsName };
  const approved = await namingReservations(names, () =>
    ctx.tx.requests.update(
      request.id,
      {
        state: requireNextState(request.state, "approve"),
        decidedAt: at,
        activeTargetKey: activeTargetKey(request.kind, request.target),
        reservedClusters: reserved.clusters,
      },
      at,
    ),
  );
  await ctx.tx.steps.insertAll(request.id, toRows(plan));
  return approved;
}

async function requireQuota(
  { tx }: TransactionContext,
  request: RequestRecord,
  amount: number,
  observed: readonly string[],
): Promise<void> {
  if (amount === 0 || request.teamId === null) return;
  const team = await tx.tenancy.findTeam(request.teamId);
  const held = await tx.requests.reservedClusters(request.teamId);
  const used = held.sum + observed.filter((key) => !held.targetKeys.includes(key)).length;
  const quota = team?.clusterQuota ?? 0;
  if (used + amount > quota) throw new PortalError("PRECONDITION", "requests.quotaExceeded", { team: request.teamId, used, quota, amount });
}

function toRows(plan: Plan) {
  return plan.steps.map((step) => ({ n: step.n, op: step.op, destination: step.destination, label: stepLabel(step) }));
}
