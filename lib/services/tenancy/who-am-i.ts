import { z } from "zod";
import { strongestRoles } from "../../domain/tenancy/rights-of.ts";
import { MeView } from "../../domain/tenancy/tenancy-view.ts";
import { query } from "../query.ts";
import { requirePerson } from "./require-person.ts";

/** The caller with the rights of this call, each team once with her strongest role there. */
export const whoAmI = query({
  name: "self.get",
  input: z.strictObject({}),
  output: MeView,
  permission: "self.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, { actor }) => {
    const { userId, name, globalRoles, memberships, via } = requirePerson(actor);
    const endsAt = via.door === "session" ? via.endsAt.toISOString() : null;
    return { id: userId, name, globalRoles: [...globalRoles], teams: [...strongestRoles(memberships)], via: via.door, endsAt };
  },
});
