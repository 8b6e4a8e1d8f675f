import type { UserId } from "../ids.ts";
import { type Message, message } from "../message.ts";
import type { GlobalRole, Membership } from "../tenancy/actor.ts";
import type { RequestState, Slot } from "./request.ts";

/** Why somebody counts as a contributor and so fills no slot (product.md §5). */
export type ContributorReason = "submitted" | "blueprint-author" | "policy-author" | "tenancy-editor";
export type Contributor = { readonly userId: UserId; readonly reason: ContributorReason };
/** A vote on the revision at hand. */
export type Vote = { readonly slotId: string | null; readonly approverId: UserId; readonly decision: "approve" | "send-back" | "reject" };
/** The person as the database knows her now: by whatever session, group or token she comes. */
export type Voter = { readonly userId: UserId; readonly globalRoles: readonly GlobalRole[]; readonly memberships: readonly Membership[] };
export type ApprovalFacts = {
  readonly state: RequestState;
  readonly slots: readonly Slot[];
  readonly votes: readonly Vote[];
  readonly contributors: readonly Contributor[];
};

/** `slot` is the one her decision fills. `refusal` tells the door how to refuse; `why` is the sentence. */
export type ApprovalAnswer =
  | { readonly allowed: true; readonly slot: Slot }
  | { readonly allowed: false; readonly refusal: "state" | "four-eyes" | "voted" | "role"; readonly why: Message };

/** Slots of this revision that nobody has approved yet, in the policy's order. */
export function openSlots({ slots, votes }: Pick<ApprovalFacts, "slots" | "votes">): readonly Slot[] {
  return slots.filter((slot) => !votes.some((vote) => vote.decision === "approve" && vote.slotId === slot.id));
}

/** Open slots whose turn it is: those that name no slot in `after`, or one that is filled. */
export function readySlots(facts: Pick<ApprovalFacts, "slots" | "votes">): readonly Slot[] {
  const open = openSlots(facts);
  return open.filter(({ after }) => after === undefined || !open.some(({ id }) => id === after));
}

/** May this person decide (approve, send back, reject), and in which slot? Pure: facts in, answer out. */
export function mayDecide(facts: ApprovalFacts, voter: Voter): ApprovalAnswer {
  if (facts.state !== "waiting")
    return refuse("state", message("requests.why.notWaiting", { state: message(`requests.state.${facts.state}`) }));
  const contribution = facts.contributors.find(({ userId }) => userId === voter.userId);
  if (contribution !== undefined) return refuse("four-eyes", message(`requests.why.contributor.${contribution.reason}`));
  if (facts.votes.some(({ approverId }) => approverId === voter.userId)) return refuse("voted", message("requests.why.voted"));
  const ready = readySlots(facts);
  const slot = ready.find((candidate) => fits(candidate, voter));
  if (slot !== undefined) return { allowed: true, slot };
  const open = openSlots(facts);
  const later = open.find((candidate) => fits(candidate, voter));
  const first = open.find(({ id }) => id === later?.after);
  if (later !== undefined && first !== undefined) return refuse("role", message("requests.why.after", { who: slotMessage(first) }));
  return refuse(
    "role",
    open[0] === undefined ? message("requests.why.noOpenSlot") : message("requests.why.role", { who: slotMessage(open[0]) }),
  );
}

/** "a platform admin", "the lead of team payments". */
export function slotMessage(slot: Slot): Message {
  return slot.role === "platform-admin"
    ? message("requests.slot.platform-admin")
    : message("requests.slot.team-lead", { team: slot.team ?? "" });
}

/** A slot without a team asks for the lead of nobody: only a named team's lead fills a lead slot. */
export function fits(slot: Slot, voter: Voter): boolean {
  if (slot.role === "platform-admin") return voter.globalRoles.includes("platform-admin");
  return slot.team !== undefined && voter.memberships.some(({ teamId, role }) => teamId === slot.team && role === "lead");
}

function refuse(refusal: "state" | "four-eyes" | "voted" | "role", why: Message): ApprovalAnswer {
  return { allowed: false, refusal, why };
}
