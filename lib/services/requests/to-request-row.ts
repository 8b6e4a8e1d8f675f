import type { RequestRecord } from "../../adapters/database/port.ts";
import { type Message, message } from "../../domain/message.ts";
import { openSlots, slotMessage, type Vote } from "../../domain/requests/approval.ts";
import type { PersonView, RequestRowView } from "../../domain/requests/request-view.ts";
import type { RequestKinds } from "./request-kind.ts";

export type RowSource = {
  readonly request: RequestRecord;
  readonly requester: PersonView | null;
  readonly votes: readonly Vote[];
  readonly kinds: RequestKinds;
};

/** One request as a row. `votes` are those on its current revision. */
export function toRequestRow({ request, requester, votes, kinds }: RowSource): RequestRowView {
  return {
    id: request.id,
    kind: request.kind,
    team: request.teamId,
    state: request.state,
    contentHash: request.contentHash,
    target: request.target,
    revision: request.revision,
    purpose: request.purpose,
    title: titleOf(request, kinds),
    sentence: sentenceOf(request, votes),
    requester,
    submittedAt: request.submittedAt.toISOString(),
    updatedAt: request.updatedAt.toISOString(),
    expiresAt: request.expiresAt.toISOString(),
    endedAt: request.endedAt?.toISOString() ?? null,
    blueprintVersion: request.blueprintVersion,
    slotsOpen: openSlots({ slots: request.slots, votes }).length,
    slotsTotal: request.slots.length,
  };
}

/** A request of a kind that this version no longer knows is still listed, by its target. */
function titleOf({ kind, target }: RequestRecord, kinds: RequestKinds): Message {
  const known = kinds.list().find(({ name }) => name === kind);
  return known?.describe(target) ?? message("requests.unknownKindTitle", { kind, name: target.name });
}

function sentenceOf(request: RequestRecord, votes: readonly Vote[]): Message {
  const open = openSlots({ slots: request.slots, votes });
  const first = open[0];
  if (request.state !== "waiting" || first === undefined) return message(`requests.sentence.${request.state}`);
  return open.length === 1
    ? message("requests.sentence.waiting", { who: slotMessage(first) })
    : message("requests.sentence.waitingMore", { who: slotMessage(first), more: open.length - 1 });
}
