import type { TeamId } from "../ids.ts";
import type { GlobalRole, Membership, TeamRole } from "./actor.ts";

/** What somebody is given: a role in a team or a global one. */
export type Grant = { readonly globalRole: GlobalRole } | { readonly teamId: TeamId; readonly role: TeamRole };

/** Grants as rights, each once, in a fixed order: the same groups always write the same rows. */
export function rightsOf(grants: readonly Grant[]): {
  readonly globalRoles: readonly GlobalRole[];
  readonly memberships: readonly Membership[];
} {
  const roles = new Set(grants.flatMap((grant) => ("globalRole" in grant ? [grant.globalRole] : [])));
  const memberships = new Map(
    grants.flatMap((grant) =>
      "teamId" in grant ? [[`${grant.teamId} ${grant.role}`, { teamId: grant.teamId, role: grant.role }] as const] : [],
    ),
  );
  return {
    globalRoles: [...roles].sort(),
    memberships: [...memberships].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, membership]) => membership),
  };
}

/** The strongest role of each team once. */
export function strongestRoles(memberships: readonly Membership[]): readonly { readonly id: TeamId; readonly role: TeamRole }[] {
  const ids = [...new Set(memberships.map(({ teamId }) => teamId))].sort();
  return ids.map((id) => ({ id, role: memberships.some(({ teamId, role }) => teamId === id && role === "lead") ? "lead" : "developer" }));
}
