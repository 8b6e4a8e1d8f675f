import { z } from "zod";
import { SessionId, TeamId, UserId } from "../../domain/ids.ts";
import { GLOBAL_ROLES, TEAM_ROLES, TOKEN_SCOPES } from "../../domain/tenancy/actor.ts";
import type { Db } from "./engine.ts";
import type { Token } from "./generated/client.ts";
import type { PeopleRepository, TokenRecord, UserRecord } from "./port.ts";
import { replaceIdpRights } from "./replace-idp-rights.ts";

const UserRow = z.object({ id: UserId, issuer: z.string(), subject: z.string(), name: z.string(), email: z.nullable(z.string()) });
const RightsRow = UserRow.extend({
  globalRoles: z.array(z.enum(GLOBAL_ROLES)),
  memberships: z.array(z.object({ teamId: TeamId, role: z.enum(TEAM_ROLES), source: z.enum(["idp", "manual"]) })),
});

export function peopleRepository(db: Db): PeopleRepository {
  return {
    upsertUser: async ({ issuer, subject, name, email }) => {
      const rows = await db.$queryRaw`
        INSERT INTO "users" ("issuer", "subject", "name", "email") VALUES (${issuer}, ${subject}, ${name}, ${email})
        ON CONFLICT ("issuer", "subject") DO UPDATE SET "name" = EXCLUDED."name", "email" = coalesce(EXCLUDED."email", "users"."email")
        RETURNING "id", "issuer", "subject", "name", "email"`;
      return z.tuple([UserRow]).parse(rows)[0];
    },
    findUser: async (id) => {
      const user = await db.user.findUnique({ where: { id } });
      return user === null ? null : toUser(user);
    },
    findRights: async (id) => {
      const rows = await db.$queryRaw`
        SELECT u."id", u."issuer", u."subject", u."name", u."email",
          coalesce((SELECT json_agg(DISTINCT g."role") FROM "global_grants" g WHERE g."userId" = u."id"), '[]') AS "globalRoles",
          coalesce((SELECT json_agg(json_build_object('teamId', m."teamId", 'role', m."role", 'source', m."source") ORDER BY m."teamId", m."role", m."source")
            FROM "memberships" m WHERE m."userId" = u."id"), '[]') AS "memberships"
        FROM "users" u WHERE u."id" = ${id}::uuid`;
      const [row] = z.array(RightsRow).max(1).parse(rows);
      if (row === undefined) return null;
      const { globalRoles, memberships, ...user } = row;
      return { user, globalRoles, memberships };
    },
    replaceIdpRights: (id, rights) => replaceIdpRights(db, id, rights),
    startSession: async ({ id, userId, startedAt, endsAt }) => {
      await db.session.create({ data: { id, userId, startedAt, endsAt } });
    },
    findSession: async (id) => {
      const session = await db.session.findUnique({ where: { id } });
      return session === null ? null : { ...session, id: SessionId.parse(session.id), userId: UserId.parse(session.userId) };
    },
    revokeSession: async (id, at) => {
      await db.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
    },
    countEndedSessions: (before) => db.session.count({ where: endedBefore(before) }),
    removeEndedSessions: async (before, atMost) => (await db.session.deleteMany({ where: endedBefore(before), limit: atMost })).count,
    findToken: async (hash) => {
      const token = await db.token.findUnique({ where: { hash } });
      return token === null ? null : toToken(token);
    },
    touchToken: async (id, at) => {
      await db.token.updateMany({ where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: at } }] }, data: { lastUsedAt: at } });
    },
    listTokens: async (userId) => {
      const tokens = await db.token.findMany({ where: userId === null ? {} : { userId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
      return tokens.map(toToken);
    },
    revokeToken: async (id, at) => {
      await db.token.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
    },
  };
}

/** The part of a user row that leaves the adapter. */
export function toUser(user: UserRecord | { id: string; issuer: string; subject: string; name: string; email: string | null }): UserRecord {
  return { id: UserId.parse(user.id), issuer: user.issuer, subject: user.subject, name: user.name, email: user.email };
}

function endedBefore(before: Date): { OR: { [at in "endsAt" | "revokedAt"]?: { lt: Date } }[] } {
  return { OR: [{ endsAt: { lt: before } }, { revokedAt: { lt: before } }] };
}

function toToken({ id, userId, name, scopes, expiresAt, revokedAt, lastUsedAt }: Token): TokenRecord {
  return { id, userId: UserId.parse(userId), name, scopes: z.array(z.enum(TOKEN_SCOPES)).parse(scopes), expiresAt, revokedAt, lastUsedAt };
}
