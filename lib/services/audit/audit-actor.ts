import type { AuditEntry } from "../../domain/audit/audit-row.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";

/** The audit's view of an actor. */
export function auditActor(actor: Actor): AuditEntry["actor"] {
  if (actor.type === "system") return { type: "system", id: `system/${actor.name}`, name: actor.name, via: "system" };
  if (actor.type === "wall") return { type: "wall", id: `wall/${actor.linkId}`, name: actor.name, via: "wall" };
  return {
    type: "person",
    id: actor.userId,
    name: actor.name,
    via: actor.via.door === "session" ? "session" : `token/${actor.via.tokenId}`,
  };
}
