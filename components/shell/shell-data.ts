import type { GlobalRole, TeamRole } from "../../lib/domain/tenancy/actor.ts";

/** The reader, as the shell must know her. */
export type ShellPerson = {
  readonly name: string;
  readonly teams: readonly { readonly id: string; readonly role: TeamRole }[];
  readonly globalRoles: readonly GlobalRole[];
};

export type ShellTeam = { readonly id: string; readonly members: number };

export function isPlatformAdmin(person: ShellPerson): boolean {
  return person.globalRoles.includes("platform-admin");
}

/** May she ever fill a slot? Leads and platform admins have an inbox of approvals. */
export function mayDecide(person: ShellPerson): boolean {
  return isPlatformAdmin(person) || person.teams.some(({ role }) => role === "lead");
}

export function maySubmit(person: ShellPerson): boolean {
  return isPlatformAdmin(person) || person.teams.length > 0;
}
