import type { RequestRecord } from "../../adapters/database/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { mayDecide, openSlots } from "../../domain/requests/approval.ts";
import type { Decision, Slot } from "../../domain/requests/request.ts";
import { wrongState } from "../../domain/requests/request-state.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import type { TransactionContext } from "../context.ts";
import { contributorsOf } from "./contributors-of.ts";
import { votesOn } from "./list-request-rows.ts";
import { requirePerson } from "./require-person.ts";

type Reads = Pick<TransactionContext, "actor" | "clock" | "tx">;

/**
 * The slot this person's decision fills, by the rights the database gives her now, not by those her call came with.
 * `CONFLICT` `requests.wrongState`, `requests.voted` · `FORBIDDEN` `requests.fourEyes`, `requests.slotRole`.
 */
export async function requireSlot(ctx: Reads, request: RequestRecord): Promise<Slot> {
  const person = await asNow(ctx, requirePerson(ctx.actor));
  const votes = votesOn(request, await ctx.tx.requests.listApprovals(request.id));
  const contributors = await contributorsOf(ctx.tx, request, person, ctx.clock.now());
  const answer = mayDecide({ state: request.state, slots: request.slots, votes, contributors }, person);
  if (answer.allowed) return answer.slot;
  if (answer.refusal === "state") throw wrongState(request.state, "decide");
  if (answer.refusal === "voted") throw new PortalError("CONFLICT", "requests.voted", { id: request.id });
  if (answer.refusal === "four-eyes") throw new PortalError("FORBIDDEN", "requests.fourEyes", { id: request.id });
  const [slot] = openSlots({ slots: request.slots, votes });
  throw new PortalError("FORBIDDEN", "requests.slotRole", { role: slot?.role === "team-lead" ? "lead" : "admin", team: slot?.team ?? "" });
}

/** Writes the vote; the database checks state, hash, revision and four-eyes once more by trigger and unique keys. */
export async function addVote(
  ctx: Reads,
  request: RequestRecord,
  vote: { readonly slot: Slot; readonly decision: Decision; readonly comment: string | null },
): Promise<void> {
  const { userId } = requirePerson(ctx.actor);
  await ctx.tx.requests.addApproval(request.id, {
    revision: request.revision,
    slotId: vote.slot.id,
    approverId: userId,
    decision: vote.decision,
    contentHash: request.contentHash,
    comment: vote.comment,
    at: ctx.clock.now(),
  });
}

async function asNow({ tx }: Reads, person: Person): Promise<Person> {
  const rights = await tx.people.findRights(person.userId);
  if (rights === null) throw new PortalError("FORBIDDEN", "forbidden", { permission: "request.decide" });
  return { ...person, globalRoles: rights.globalRoles, memberships: rights.memberships };
}
