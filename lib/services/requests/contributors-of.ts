import type { Repositories, RequestRecord, TenancyRepository } from "../../adapters/database/port.ts";
import type { Contributor } from "../../domain/requests/approval.ts";
import type { Person } from "../../domain/tenancy/actor.ts";

/** The few readings behind the answer; a list of requests remembers those of the tenancy (`rememberTenancy`). */
export type ContributorReads = {
  readonly requests: Pick<Repositories["requests"], "listContributors">;
  readonly tenancy: Pick<TenancyRepository, "listTenancyEditors" | "findBlueprint" | "findPolicy">;
};

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Who fills no slot of this request (product.md §5): the rows written at each submit, whoever changed the team's quota or membership within
 * the last 24 hours, and the reader herself when she wrote the blueprint version or the policy, whatever she was called when she did.
 */
export async function contributorsOf(
  reads: ContributorReads,
  request: RequestRecord,
  reader: Person | null,
  now: Date,
): Promise<readonly Contributor[]> {
  const rows = await reads.requests.listContributors(request.id);
  const editors = request.teamId === null ? [] : await reads.tenancy.listTenancyEditors(request.teamId, new Date(now.getTime() - DAY_MS));
  const authored = reader === null ? [] : await authorships(reads, request, reader);
  return [...rows, ...editors.map((userId) => ({ userId, reason: "tenancy-editor" as const })), ...authored];
}

async function authorships(reads: ContributorReads, request: RequestRecord, reader: Person): Promise<readonly Contributor[]> {
  const blueprint = await blueprintOf(reads, request.blueprintVersion);
  const policy = await reads.tenancy.findPolicy(request.policyName);
  const isReader = (author: { readonly issuer: string; readonly subject: string } | null | undefined) =>
    author?.issuer === reader.issuer && author.subject === reader.subject;
  return [
    ...(isReader(blueprint?.author) ? [{ userId: reader.userId, reason: "blueprint-author" as const }] : []),
    ...(isReader(policy?.author) ? [{ userId: reader.userId, reason: "policy-author" as const }] : []),
  ];
}

/** `eks-standard@3` → that row. */
async function blueprintOf(reads: ContributorReads, blueprintVersion: string | null) {
  const match = blueprintVersion === null ? null : /^(.+)@([1-9][0-9]*)$/.exec(blueprintVersion);
  if (match === null || match[1] === undefined) return null;
  return reads.tenancy.findBlueprint(match[1], Number(match[2]));
}
