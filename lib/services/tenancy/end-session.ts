import { z } from "zod";
import { SessionId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { command } from "../command.ts";

/** Signs out: the session is revoked, and every reader of it is nobody from the next call on. One's own only; another's reads like none. `NOT_FOUND`. */
export const endSession = command({
  name: "session.end",
  input: z.strictObject({ sessionId: SessionId }),
  output: z.strictObject({ sessionId: SessionId }),
  permission: "self.read",
  scope: async () => ({ type: "installation" }),
  run: async ({ sessionId }, { tx, clock, actor }) => {
    const session = await tx.people.findSession(sessionId);
    if (session === null || actor.type !== "person" || session.userId !== actor.userId) throw new PortalError("NOT_FOUND", "notFound");
    await tx.people.revokeSession(sessionId, clock.now());
    return {
      output: { sessionId },
      audit: { teamId: null, target: `person/${actor.userId}`, detail: { session: sessionId, endedSessions: [sessionId] } },
    };
  },
});
