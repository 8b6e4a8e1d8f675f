import type { Repositories, RequestRecord } from "../../adapters/database/port.ts";
import { RequestId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds, type Scope } from "../../domain/tenancy/permissions.ts";

type Reads = { readonly tx: Repositories; readonly actor: Actor };

/** Who owns the request that an input names; null when it is not there, so that "not yours" reads the same. */
export async function requestScope({ id }: { readonly id: string }, { tx }: Reads): Promise<Scope | null> {
  const request = await findRequest(tx, id);
  return request === null ? null : { type: "team", teamId: request.teamId };
}

/** As `requestScope`, but for a reader who does not see the owner's things the team that asked: it sees, and comments on, what it asked for. */
export async function readerScope({ id }: { readonly id: string }, { tx, actor }: Reads): Promise<Scope | null> {
  const request = await findRequest(tx, id);
  if (request === null) return null;
  const owner: Scope = { type: "team", teamId: request.teamId };
  return request.askingTeamId === null || holds(actor, "request.read", owner) ? owner : { type: "team", teamId: request.askingTeamId };
}

/** Whose request it is to change or take back: the asking team's, where another team owns the thing. */
export async function askerScope({ id }: { readonly id: string }, { tx }: Reads): Promise<Scope | null> {
  const request = await findRequest(tx, id);
  return request === null ? null : { type: "team", teamId: request.askingTeamId ?? request.teamId };
}

/** `NOT_FOUND` when absent. */
export async function getRequestRecord(reads: Repositories, id: string): Promise<RequestRecord> {
  return required(await findRequest(reads, id));
}

/** The row, locked until the transaction ends. `NOT_FOUND` when absent. */
export async function lockRequest(tx: Repositories, id: string): Promise<RequestRecord> {
  const parsed = RequestId.safeParse(id);
  return required(parsed.success ? await tx.requests.lock(parsed.data) : null);
}

async function findRequest(reads: Repositories, id: string): Promise<RequestRecord | null> {
  const parsed = RequestId.safeParse(id);
  return parsed.success ? reads.requests.find(parsed.data) : null;
}

function required(request: RequestRecord | null): RequestRecord {
  if (request === null) throw new PortalError("NOT_FOUND", "notFound");
  return request;
}
