import type { TeamId } from "../../domain/ids.ts";
import type { Slot } from "../../domain/requests/request.ts";
import type { PolicyInUse } from "../requests/request-kind.ts";

/** The policy's slots; a team lead's slot without a team means the lead of the team at hand. */
export function slotsFor(policy: PolicyInUse, team: TeamId | null): readonly Slot[] {
  return policy.slots.map((slot) => (slot.role === "team-lead" && slot.team === undefined && team !== null ? { ...slot, team } : slot));
}
