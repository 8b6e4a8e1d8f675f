import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import { TokenView } from "../../domain/tenancy/tenancy-view.ts";
import { command } from "../command.ts";
import { toTokenView } from "./list-tokens.ts";
import { isPlatformAdmin, requirePerson } from "./require-person.ts";

/** Revokes one's own token, or any as platform admin; it is refused from the next call on. Revoking twice is no error. `NOT_FOUND` also for another's. */
export const revokeToken = command({
  name: "token.revoke",
  input: z.strictObject({ id: z.string().min(1).max(200) }),
  output: TokenView,
  permission: "token.revoke",
  scope: async () => ({ type: "installation" }),
  run: async ({ id }, { tx, clock, actor }) => {
    const person = requirePerson(actor);
    const token = (await tx.people.listTokens(isPlatformAdmin(person) ? null : person.userId)).find((one) => one.id === id);
    const owner = token === undefined ? null : await tx.people.findUser(token.userId);
    if (token === undefined || owner === null) throw new PortalError("NOT_FOUND", "notFound");
    const now = clock.now();
    await tx.people.revokeToken(id, now);
    const output = toTokenView({ ...token, revokedAt: token.revokedAt ?? now }, owner, person);
    return {
      output,
      audit: { teamId: null, target: `token/${id}`, detail: { name: token.name, owner: owner.id, affectedUsers: [owner.id] } },
    };
  },
});
