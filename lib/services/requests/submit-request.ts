import { z } from "zod";
import { type RequestId, TeamId } from "../../domain/ids.ts";
import { JsonValue } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { hashOfJson } from "../../domain/requests/content-hash.ts";
import { Purpose } from "../../domain/requests/request.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { command } from "../command.ts";
import type { Context, TransactionContext } from "../context.ts";
import { insertRequest } from "./insert-request.ts";
import { type PreparedPlan, preparePlan } from "./prepare-plan.ts";
import { readRequestView } from "./read-request-view.ts";
import { requestAudit } from "./request-audit.ts";
import { getRequestRecord } from "./request-scope.ts";
import { requireAcceptable } from "./require-admitted.ts";
import { requirePerson } from "./require-person.ts";

export const SubmitInput = z.strictObject({
  kind: z.string().max(100),
  team: TeamId,
  purpose: Purpose,
  input: JsonValue,
  /** The header `Idempotency-Key`: the same key and body give back the same request. */
  idempotencyKey: z.exactOptional(z.string().min(1).max(200)),
});
export type SubmitInput = z.infer<typeof SubmitInput>;

type Prepared =
  | { readonly type: "new"; readonly plan: PreparedPlan; readonly bodyHash: string }
  | { readonly type: "again"; readonly id: RequestId };

/** Renders the plan once, stores its bytes and waits for other people. */
export const submitRequest = command({
  name: "request.submit",
  input: SubmitInput,
  output: RequestView,
  permission: "request.submit",
  scope: async ({ team }, { tx }) => ((await tx.tenancy.findTeam(team)) === null ? null : { type: "team", teamId: team }),
  prepare,
  run: async (input, ctx, prepared) => {
    const person = requirePerson(ctx.actor);
    if (prepared.type === "again") return showAgain(ctx, prepared.id);
    // The same post may have been stored while this one was being prepared.
    const meanwhile =
      input.idempotencyKey === undefined
        ? null
        : await rememberKey(ctx.tx.requests, person, { key: input.idempotencyKey, bodyHash: prepared.bodyHash, requestId: null });
    if (meanwhile !== null) return showAgain(ctx, meanwhile);
    const request = await insertRequest(ctx, prepared.plan, { purpose: input.purpose, requesterId: person.userId });
    if (input.idempotencyKey !== undefined)
      await rememberKey(ctx.tx.requests, person, { key: input.idempotencyKey, bodyHash: prepared.bodyHash, requestId: request.id });
    return { output: await readRequestView(ctx, request), audit: requestAudit(request, { policy: request.policyName }) };
  },
});

async function prepare(input: SubmitInput, ctx: Context): Promise<Prepared> {
  const person = requirePerson(ctx.actor);
  const bodyHash = await hashOfJson({ kind: input.kind, team: input.team, purpose: input.purpose, input: input.input });
  const earlier =
    input.idempotencyKey === undefined
      ? null
      : await rememberKey(ctx.db.read.requests, person, { key: input.idempotencyKey, bodyHash, requestId: null });
  if (earlier !== null) return { type: "again", id: earlier };
  const kind = ctx.kinds.get(input.kind);
  if (!kind.offered) throw new PortalError("NOT_FOUND", "requests.unknownKind", { kind: input.kind });
  const plan = await preparePlan(ctx, input);
  requireAcceptable(kind, plan);
  if (plan.slots.length === 0) throw new PortalError("PRECONDITION", "requests.policyWithoutSlots", { policy: plan.policy.name });
  return { type: "new", plan, bodyHash };
}

async function showAgain(ctx: TransactionContext, id: RequestId) {
  const request = await getRequestRecord(ctx.tx, id);
  return { output: await readRequestView(ctx, request), audit: requestAudit(request, { again: true }) };
}

async function rememberKey(
  requests: Context["db"]["read"]["requests"],
  person: Person,
  key: { readonly key: string; readonly bodyHash: string; readonly requestId: RequestId | null },
): Promise<RequestId | null> {
  return requests.rememberKey({ userId: person.userId, ...key });
}
