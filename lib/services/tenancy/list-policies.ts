import { z } from "zod";
import type { PolicyRecord } from "../../adapters/database/port.ts";
import { message } from "../../domain/message.ts";
import { slotMessage } from "../../domain/requests/approval.ts";
import { Slot } from "../../domain/requests/request.ts";
import { PolicyView } from "../../domain/tenancy/tenancy-view.ts";
import { query } from "../query.ts";

/** Approval policies in force, with the offered blueprints and the kinds that each decides. */
export const listPolicies = query({
  name: "policy.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(PolicyView), nextCursor: z.null() }),
  permission: "settings.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, { db }) => {
    const [policies, blueprints, kinds] = await Promise.all([
      db.read.tenancy.listPolicies(),
      db.read.tenancy.listBlueprints(),
      db.read.tenancy.kindPolicies(),
    ]);
    const items = policies.map((policy) => ({
      name: policy.name,
      version: policy.version,
      slots: slotsOf(policy),
      blueprints: blueprints
        .filter(({ policyName, withdrawnAt }) => policyName === policy.name && withdrawnAt === null)
        .map(({ id }) => id),
      kinds: Object.keys(kinds).filter((kind) => kinds[kind] === policy.name),
    }));
    return { items, nextCursor: null };
  },
});

function slotsOf({ slots }: PolicyRecord) {
  return z
    .array(Slot)
    .parse(slots)
    .map((slot) => ({ ...slot, who: isOwnLead(slot) ? message("tenancy.slot.ownLead") : slotMessage(slot) }));
}

/** In a policy a lead's slot without a team means the lead of whichever team asks. */
function isOwnLead({ role, team }: Slot): boolean {
  return role === "team-lead" && team === undefined;
}
