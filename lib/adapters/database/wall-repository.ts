import { z } from "zod";
import { UserId, WallLinkId } from "../../domain/ids.ts";
import { JsonObject } from "../../domain/json.ts";
import type { Db } from "./engine.ts";
import { Prisma } from "./generated/client.ts";
import type { WallRepository } from "./port.ts";

const LinkRow = z.object({
  id: WallLinkId,
  name: z.string(),
  filter: JsonObject,
  createdById: UserId,
  createdByName: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  exchangedAt: z.nullable(z.date()),
  lastUsedAt: z.nullable(z.date()),
  revokedAt: z.nullable(z.date()),
  revokeReason: z.nullable(z.string()),
});
const CountRow = z.object({ count: z.int() });

const COLUMNS = Prisma.sql`
  l."id", l."name", l."filter", l."createdById", u."name" AS "createdByName", l."createdAt", l."expiresAt", l."exchangedAt", l."lastUsedAt", l."revokedAt", l."revokeReason"
  FROM "wall_links" l JOIN "users" u ON u."id" = l."createdById"`;

export function wallRepository(db: Db): WallRepository {
  const findWhere = async (where: Prisma.Sql) => {
    const rows = await db.$queryRaw`SELECT ${COLUMNS} WHERE ${where}`;
    return z.array(LinkRow).max(1).parse(rows)[0] ?? null;
  };
  return {
    insert: async ({ name, filter, tokenHash, createdById, createdAt, expiresAt }) => {
      const rows = await db.$queryRaw`
        INSERT INTO "wall_links" ("name", "filter", "tokenHash", "createdById", "createdAt", "expiresAt")
        VALUES (${name}, ${JSON.stringify(filter)}::jsonb, ${tokenHash}, ${createdById}::uuid, ${createdAt}, ${expiresAt}) RETURNING "id"`;
      return z.tuple([z.object({ id: WallLinkId })]).parse(rows)[0].id;
    },
    find: (id) => findWhere(Prisma.sql`l."id" = ${id}::uuid`),
    findByToken: (hash) => findWhere(Prisma.sql`l."tokenHash" = ${hash}`),
    findByCookie: (hash) => findWhere(Prisma.sql`l."cookieHash" = ${hash}`),
    list: async (limit) => {
      const rows = await db.$queryRaw`SELECT ${COLUMNS} ORDER BY l."createdAt" DESC, l."id" LIMIT ${limit}`;
      return z.array(LinkRow).parse(rows);
    },
    exchange: async (id, { tokenHash, cookieHash, at }) => {
      const spent = await db.$executeRaw`
        UPDATE "wall_links" SET "cookieHash" = ${cookieHash}, "exchangedAt" = ${at}, "lastUsedAt" = ${at}
        WHERE "id" = ${id}::uuid AND "tokenHash" = ${tokenHash} AND "exchangedAt" IS NULL AND "revokedAt" IS NULL AND "expiresAt" > ${at}`;
      return spent === 1;
    },
    renew: async (id, { tokenHash, at }) => {
      const renewed = await db.$executeRaw`
        UPDATE "wall_links" SET "tokenHash" = ${tokenHash}, "cookieHash" = NULL, "exchangedAt" = NULL
        WHERE "id" = ${id}::uuid AND "revokedAt" IS NULL AND "expiresAt" > ${at}`;
      return renewed === 1;
    },
    revoke: async (id, { at, by, reason }) => {
      const revoked = await db.$executeRaw`
        UPDATE "wall_links" SET "revokedAt" = ${at}, "revokedById" = ${by}::uuid, "revokeReason" = ${reason}
        WHERE "id" = ${id}::uuid AND "revokedAt" IS NULL`;
      return revoked === 1;
    },
    touch: async (id, at) => {
      await db.$executeRaw`
        UPDATE "wall_links" SET "lastUsedAt" = ${at} WHERE "id" = ${id}::uuid AND ("lastUsedAt" IS NULL OR "lastUsedAt" < ${at})`;
    },
    countAttempt: async ({ key, windowMs, now }) => {
      const over = new Date(now.getTime() - windowMs);
      const rows = await db.$queryRaw`
        INSERT INTO "attempts" ("key", "startedAt", "count") VALUES (${key}, ${now}, 1)
        ON CONFLICT ("key") DO UPDATE SET
          "count" = CASE WHEN "attempts"."startedAt" <= ${over} THEN 1 ELSE "attempts"."count" + 1 END,
          "startedAt" = CASE WHEN "attempts"."startedAt" <= ${over} THEN ${now} ELSE "attempts"."startedAt" END
        RETURNING "count"`;
      return z.tuple([CountRow]).parse(rows)[0].count;
    },
    forgetAttempts: (before) => db.$executeRaw`DELETE FROM "attempts" WHERE "startedAt" < ${before}`,
  };
}
