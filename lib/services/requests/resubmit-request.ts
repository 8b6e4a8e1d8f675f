import { z } from "zod";
import { JsonValue } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { Purpose, targetKey } from "../../domain/requests/request.ts";
import { requireNextState } from "../../domain/requests/request-state.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import { command } from "../command.ts";
import { addContributors } from "./add-contributors.ts";
import { type PreparedPlan, preparePlan } from "./prepare-plan.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { askerScope, getRequestRecord, lockRequest } from "./request-scope.ts";
import { requireAcceptable } from "./require-admitted.ts";
import { requirePerson } from "./require-person.ts";
import { namingReservations, reservationsOf } from "./reservations-of.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export const ResubmitInput = z.strictObject({ id: z.string(), input: JsonValue, purpose: z.exactOptional(Purpose) });

/** A new revision with a new hash: every approval of an older one is void, and all slots are open again under the policy in force now. */
export const resubmitRequest = command({
  name: "request.resubmit",
  input: ResubmitInput,
  output: RequestView,
  permission: "request.submit",
  scope: askerScope,
  prepare: async (input, ctx): Promise<PreparedPlan> => {
    const request = await getRequestRecord(ctx.db.read, input.id);
    requireNextState(request.state, "resubmit");
    const prepared = await preparePlan(ctx, {
      kind: request.kind,
      team: request.askingTeamId ?? request.teamId,
      input: input.input,
      own: request.id,
    });
    requireAcceptable(prepared.kind, prepared);
    if (prepared.slots.length === 0) throw new PortalError("PRECONDITION", "requests.policyWithoutSlots", { policy: prepared.policy.name });
    return prepared;
  },
  run: async (input, ctx, prepared) => {
    const person = requirePerson(ctx.actor);
    const before = await lockRequest(ctx.tx, input.id);
    const state = requireNextState(before.state, "resubmit");
    if (targetKey(before.target) !== targetKey(prepared.plan.target))
      throw new PortalError(
        "INVALID",
        "requests.targetFixed",
        { name: before.target.name },
        { fields: [{ path: "input.name", key: "requests.targetFixed", values: { name: before.target.name } }] },
      );
    const at = ctx.clock.now();
    const revision = before.revision + 1;
    const reserved = reservationsOf(prepared.kind, prepared.plan);
    const request = await namingReservations(reserved, () =>
      ctx.tx.requests.update(
        before.id,
        {
          state,
          revision,
          ...(input.purpose === undefined ? {} : { purpose: input.purpose }),
          input: prepared.input,
          contentHash: prepared.hash,
          planBytes: prepared.bytes,
          admitted: prepared.admitted,
          notes: prepared.notes,
          policyName: prepared.policy.name,
          slots: prepared.slots,
          blueprintVersion: prepared.plan.blueprintVersion,
          visibility: prepared.visibility,
          submittedAt: at,
          expiresAt: new Date(at.getTime() + ctx.settings.requestTtlDays * DAY_MS),
          reservedName: reserved.name,
          reservedAwsName: reserved.awsName,
          reservedKeys: reserved.keys,
        },
        at,
      ),
    );
    await ctx.tx.requests.addRevision(request.id, {
      revision,
      contentHash: prepared.hash,
      planBytes: prepared.bytes,
      input: prepared.input,
      submittedBy: person.userId,
      at,
    });
    await addContributors(ctx.tx, { id: request.id, team: request.teamId, submitterId: person.userId, at });
    return { output: await readRequestView(ctx, request), audit: requestAudit(request, { before: before.contentHash }) };
  },
});
