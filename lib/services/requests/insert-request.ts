import type { RequestRecord } from "../../adapters/database/port.ts";
import type { UserId } from "../../domain/ids.ts";
import type { TransactionContext } from "../context.ts";
import { addContributors } from "./add-contributors.ts";
import type { PreparedPlan } from "./prepare-plan.ts";
import { namingReservations, reservationsOf } from "./reservations-of.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Stores a prepared plan as revision 1 of a waiting request, reserves its names and writes its contributors. `CONFLICT` when a name is held. */
export async function insertRequest(
  ctx: TransactionContext,
  prepared: PreparedPlan,
  { purpose, requesterId }: { readonly purpose: string; readonly requesterId: UserId | null },
): Promise<RequestRecord> {
  const at = ctx.clock.now();
  const reserved = reservationsOf(prepared.kind, prepared.plan);
  const request = await namingReservations(reserved, () =>
    ctx.tx.requests.insert({
      kind: prepared.kind.name,
      teamId: prepared.team,
      state: "waiting",
      revision: 1,
      purpose,
      input: prepared.input,
      target: prepared.plan.target,
      contentHash: prepared.hash,
      planBytes: prepared.bytes,
      admitted: prepared.admitted,
      notes: prepared.notes,
      policyName: prepared.policy.name,
      slots: prepared.slots,
      blueprintVersion: prepared.plan.blueprintVersion,
      requesterId,
      visibility: prepared.visibility,
      submittedAt: at,
      expiresAt: new Date(at.getTime() + ctx.settings.requestTtlDays * DAY_MS),
      reservedName: reserved.name,
      reservedAwsName: reserved.awsName,
      reservedKeys: reserved.keys,
      askingTeamId: prepared.askingTeam,
    }),
  );
  await ctx.tx.requests.addRevision(request.id, {
    revision: 1,
    contentHash: prepared.hash,
    planBytes: prepared.bytes,
    input: prepared.input,
    submittedBy: requesterId,
    at,
  });
  await addContributors(ctx.tx, { id: request.id, team: prepared.team, submitterId: requesterId, at });
  return request;
}
