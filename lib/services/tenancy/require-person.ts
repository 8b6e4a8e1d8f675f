import { PortalError } from "../../domain/portal-error.ts";
import type { Actor, Person } from "../../domain/tenancy/actor.ts";

/** Some questions make sense for people only. `FORBIDDEN` `forbidden`. */
export function requirePerson(actor: Actor): Person {
  if (actor.type !== "person") throw new PortalError("FORBIDDEN", "forbidden", { permission: "self.read" });
  return actor;
}

/** Sees the whole installation, read-only or not? */
export function isPlatformAdmin(actor: Actor): boolean {
  return actor.type === "person" && actor.globalRoles.includes("platform-admin");
}

/** The teams whose things the actor may see; null for all. */
export function visibleTeamIds(actor: Actor): ReadonlySet<string> | null {
  if (isPlatformAdmin(actor)) return null;
  return new Set(actor.type === "person" ? actor.memberships.map(({ teamId }) => teamId) : []);
}
