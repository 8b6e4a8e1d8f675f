import type { RightsRecord } from "../../adapters/database/port.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { rightsOf } from "../../domain/tenancy/rights-of.ts";

/** A stored person and her rights as an actor; a right that she has by two ways counts once. */
export function toPerson({ user, globalRoles, memberships }: RightsRecord, via: Person["via"]): Person {
  const rights = rightsOf([...globalRoles.map((globalRole) => ({ globalRole })), ...memberships]);
  return { type: "person", userId: user.id, issuer: user.issuer, subject: user.subject, name: user.name, ...rights, via };
}
