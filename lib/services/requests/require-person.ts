import { PortalError } from "../../domain/portal-error.ts";
import type { Actor, Person } from "../../domain/tenancy/actor.ts";

/** Submitting and deciding is for people: a timer is nobody whom four-eyes could tell from another. `FORBIDDEN` `forbidden`. */
export function requirePerson(actor: Actor): Person {
  if (actor.type !== "person") throw new PortalError("FORBIDDEN", "forbidden", { permission: "person" });
  return actor;
}
