import type { ApprovalRecord, Repositories, RequestRecord, UserRecord } from "../../adapters/database/port.ts";
import type { UserId } from "../../domain/ids.ts";
import type { Vote } from "../../domain/requests/approval.ts";
import type { PersonView, RequestRowView } from "../../domain/requests/request-view.ts";
import type { RequestKinds } from "./request-kind.ts";
import { toRequestRow } from "./to-request-row.ts";

/** Rows for records that the caller has already filtered by right. */
export async function listRequestRows(
  reads: Repositories,
  kinds: RequestKinds,
  requests: readonly RequestRecord[],
): Promise<RequestRowView[]> {
  const people = new Map<UserId, PersonView>();
  const rows: RequestRowView[] = [];
  for (const request of requests) {
    const votes = request.state === "waiting" ? votesOn(request, await reads.requests.listApprovals(request.id)) : [];
    rows.push(toRequestRow({ request, requester: await requesterOf(reads, request.requesterId, people), votes, kinds }));
  }
  return rows;
}

/** The votes that count: those on the revision at hand. */
export function votesOn(request: RequestRecord, approvals: readonly ApprovalRecord[]): Vote[] {
  return approvals
    .filter(({ revision }) => revision === request.revision)
    .map(({ slotId, approver, decision }) => ({ slotId, approverId: approver.id, decision }));
}

async function requesterOf(reads: Repositories, id: UserId | null, people: Map<UserId, PersonView>): Promise<PersonView | null> {
  if (id === null) return null;
  const known = people.get(id);
  if (known !== undefined) return known;
  const user = await reads.people.findUser(id);
  const person = user === null ? { id, name: "–" } : toPerson(user);
  people.set(id, person);
  return person;
}

export function toPerson({ id, name }: UserRecord): PersonView {
  return { id, name };
}
