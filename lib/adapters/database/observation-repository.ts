import type { JsonObject } from "../../domain/json.ts";
import type { Db } from "./engine.ts";
import { Prisma } from "./generated/client.ts";
import type { ObservationRepository } from "./port.ts";
import { fromJsonColumn } from "./stored-json.ts";

const AT_ONCE = 200;

export function observationRepository(db: Db): ObservationRepository {
  return {
    claimLease: async ({ name, owner, leaseMs, now }) => {
      const until = new Date(now.getTime() + leaseMs);
      const taken = await db.$executeRaw`
        INSERT INTO "leases" ("name", "owner", "until") VALUES (${name}, ${owner}, ${until})
        ON CONFLICT ("name") DO UPDATE SET "owner" = ${owner}, "until" = ${until}
        WHERE "leases"."owner" = ${owner} OR "leases"."until" <= ${now}`;
      return taken === 1;
    },
    countLeases: (prefix, now) => db.lease.count({ where: { name: { startsWith: prefix }, until: { gt: now } } }),
    save: async (source, rows) => {
      for (let start = 0; start < rows.length; start += AT_ONCE) {
        const values = rows
          .slice(start, start + AT_ONCE)
          .map(({ key, data, at }) => Prisma.sql`(${source}, ${key}, ${data === null ? null : JSON.stringify(data)}::jsonb, ${at})`);
        await db.$executeRaw`
          INSERT INTO "observations" ("source", "key", "data", "at") VALUES ${Prisma.join(values)}
          ON CONFLICT ("source", "key") DO UPDATE SET "data" = excluded."data", "at" = excluded."at", "seq" = DEFAULT`;
      }
    },
    since: async (seq, limit) =>
      (await db.observation.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" }, take: limit })).map((row) => ({
        seq: row.seq,
        source: row.source,
        key: row.key,
        data: row.data === null ? null : fromJsonColumn<JsonObject>(row.data),
        at: row.at,
      })),
    forget: async (before) => {
      const gone = { at: { lt: before }, data: { equals: Prisma.DbNull } };
      const { count } = await db.observation.deleteMany({
        where: { OR: [gone, { at: { lt: before }, source: { startsWith: "events/" } }] },
      });
      await db.lease.deleteMany({ where: { until: { lt: before } } });
      return count;
    },
  };
}
