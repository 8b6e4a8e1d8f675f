import type { RequestFilter, RequestRecord } from "../../adapters/database/port.ts";
import type { TeamId } from "../../domain/ids.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds, type Scope } from "../../domain/tenancy/permissions.ts";

type Owned = Pick<RequestRecord, "teamId" | "askingTeamId">;

/** May the actor see this request at all: as its owner, or as the team that asked? */
export function canSeeRequest(actor: Actor, request: Owned): boolean {
  const asker: Scope = { type: "team", teamId: request.askingTeamId };
  return canSeePlan(actor, request) || (request.askingTeamId !== null && holds(actor, "request.read", asker));
}

/** May she see what it would write? Only the owner's team and platform admins. */
export function canSeePlan(actor: Actor, { teamId }: Pick<RequestRecord, "teamId">): boolean {
  return holds(actor, "request.read", { type: "team", teamId });
}

/** The part of a filter that keeps a list to what the actor may see, narrowed to one team; null when that is nothing at all. */
export function visibleTeams(actor: Actor, team: TeamId | null): Pick<RequestFilter, "teamIds"> | null {
  if (actor.type !== "person") return null;
  // Who may see requests outside all teams may see all of them.
  if (holds(actor, "request.read", { type: "team", teamId: null })) return team === null ? {} : { teamIds: [team] };
  const own = actor.memberships.map(({ teamId }) => teamId).filter((teamId) => team === null || teamId === team);
  return own.length === 0 ? null : { teamIds: own };
}
