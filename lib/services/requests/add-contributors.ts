import type { Repositories } from "../../adapters/database/port.ts";
import type { RequestId, TeamId, UserId } from "../../domain/ids.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Writes who may not decide, as it is at this submit; authors who have no row yet are recognised at their decision (contributors-of.ts). */
export async function addContributors(
  tx: Repositories,
  request: { readonly id: RequestId; readonly team: TeamId | null; readonly submitterId: UserId | null; readonly at: Date },
): Promise<void> {
  if (request.submitterId !== null) await tx.requests.addContributor(request.id, request.submitterId, "submitted");
  if (request.team === null) return;
  const editors = await tx.tenancy.listTenancyEditors(request.team, new Date(request.at.getTime() - DAY_MS));
  for (const editor of new Set(editors)) await tx.requests.addContributor(request.id, editor, "tenancy-editor");
}
