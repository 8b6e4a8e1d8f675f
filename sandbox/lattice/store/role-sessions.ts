import { randomBytes } from "node:crypto";
import { z } from "zod";
import { accountOfRole, type Caller } from "../callers.ts";

export const RoleSession = z.strictObject({
  accessKeyId: z.string(),
  sessionToken: z.string(),
  roleArn: z.string(),
  sessionName: z.string(),
  expiresAt: z.number(),
});
export type RoleSession = z.infer<typeof RoleSession>;

/** The roles that are assumed at the moment. Kept over a restart, like AWS keeps them. */
export function createRoleSessions(kept: readonly RoleSession[] = []) {
  const sessions = new Map(kept.map((session) => [session.accessKeyId, session]));
  return {
    find: (accessKeyId: string): RoleSession | null => sessions.get(accessKeyId) ?? null,
    open: (roleArn: string, { sessionName, now, seconds }: { sessionName: string; now: number; seconds: number }): RoleSession => {
      for (const [key, { expiresAt }] of sessions) if (expiresAt < now - 3_600_000) sessions.delete(key);
      const session = {
        accessKeyId: sessionKeyId(roleArn),
        sessionToken: randomBytes(48).toString("base64"),
        roleArn,
        sessionName,
        expiresAt: now + seconds * 1_000,
      };
      sessions.set(session.accessKeyId, session);
      return session;
    },
    list: (): RoleSession[] => [...sessions.values()],
  };
}
export type RoleSessions = ReturnType<typeof createRoleSessions>;

export function assumedRoleArn(session: RoleSession): string {
  return `arn:aws:sts::${accountOfRole(session.roleArn)}:assumed-role/${roleName(session.roleArn)}/${session.sessionName}`;
}

export function sessionCaller(session: RoleSession, role: { caller: string; access: Caller["access"] }): Caller {
  return { name: role.caller, account: accountOfRole(session.roleArn), arn: assumedRoleArn(session), access: role.access };
}

/** Tells account and role at sight, as a help in logs; what counts is the session behind it. */
function sessionKeyId(roleArn: string): string {
  const role = roleName(roleArn)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "");
  return `ASIA${accountOfRole(roleArn)}${role.slice(0, 32)}${randomBytes(6).toString("hex").toUpperCase()}`;
}

function roleName(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf("/") + 1);
}
