import { z } from "zod";
import type { RightsMapping } from "../../adapters/database/port.ts";
import { SessionId } from "../../domain/ids.ts";
import { rightsOf } from "../../domain/tenancy/rights-of.ts";
import { command } from "../command.ts";

/** A session ends this long after sign-in, whatever happens in between. */
export const SESSION_MINUTES = 60;
const MAX_GROUPS = 500;

export const StartSessionInput = z.strictObject({
  issuer: z.string().min(1).max(2000),
  subject: z.string().min(1).max(500),
  name: z.string().max(500),
  email: z.nullable(z.string().max(500)),
  groups: z.array(z.string().max(500)).max(MAX_GROUPS),
});

/**
 * Records a sign-in: the person (issuer, subject), the rights that her groups give her now (rows of source `idp`; rights mapped to herself are `manual` rows and stay),
 * and a session row that ends in 60 minutes. The audit row names the rights and whether they changed, with the person as affected.
 */
export const startSession = command({
  name: "session.start",
  input: StartSessionInput,
  output: z.strictObject({ sessionId: SessionId, endsAt: z.date() }),
  permission: "session.start",
  scope: async () => ({ type: "installation" }),
  run: async ({ issuer, subject, name, email, groups }, { tx, clock }) => {
    const user = await tx.people.upsertUser({ issuer, subject, name: name.trim() === "" ? subject : name, email });
    const rights = rightsOf(grantsOf(await tx.tenancy.listMappings(), groups));
    const changed = await tx.people.replaceIdpRights(user.id, rights);
    const startedAt = clock.now();
    const sessionId = SessionId.parse(globalThis.crypto.randomUUID());
    const endsAt = new Date(startedAt.getTime() + SESSION_MINUTES * 60_000);
    await tx.people.startSession({ id: sessionId, userId: user.id, startedAt, endsAt });
    const memberships = rights.memberships.map(({ teamId, role }) => `${teamId}/${role}`);
    return {
      output: { sessionId, endsAt },
      audit: {
        teamId: null,
        target: `person/${user.id}`,
        detail: {
          name: user.name,
          issuer,
          subject,
          session: sessionId,
          globalRoles: [...rights.globalRoles],
          memberships,
          rightsChanged: changed,
          affectedUsers: changed ? [user.id] : [],
        },
      },
    };
  },
});

function grantsOf(mappings: readonly RightsMapping[], groups: readonly string[]) {
  return mappings.flatMap((mapping) => (mapping.type === "group" && groups.includes(mapping.group) ? [mapping.grant] : []));
}
