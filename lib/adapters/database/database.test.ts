import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeDatabaseContract } from "./contract.ts";
import { entry } from "./contract-data.ts";
import type { DatabasePort } from "./port.ts";
import { createEmptyPostgres, createRawPostgres, createRawTestDatabase } from "./testing.ts";

const url = process.env["TEST_DATABASE_URL"];

describeDatabaseContract("PGlite", async () => {
  const opened = await createRawTestDatabase();
  return { ...opened, close: () => opened.database.close() };
});

if (url !== undefined) {
  describeDatabaseContract("PostgreSQL", async () => {
    const empty = await createEmptyPostgres(url);
    const opened = await createRawPostgres(empty.url);
    return {
      ...opened,
      close: async () => {
        await opened.database.close();
        await empty.drop();
      },
    };
  });

  describe("two replicas on one PostgreSQL", () => {
    let empty: Awaited<ReturnType<typeof createEmptyPostgres>>;
    let replicas: readonly Awaited<ReturnType<typeof createRawPostgres>>[];
    const replica = (i: number) => {
      const found = replicas[i];
      if (found === undefined) throw new Error("no replica");
      return found;
    };
    beforeAll(async () => {
      empty = await createEmptyPostgres(url);
      // Both find an empty database: one migrates, the other waits for it.
      replicas = await Promise.all([createRawPostgres(empty.url), createRawPostgres(empty.url)]);
    });
    afterAll(async () => {
      await Promise.all(replicas.map(({ database }) => database.close()));
      await empty.drop();
    });
    const append = (db: DatabasePort, action: string) => db.transaction((tx) => tx.audit.append(entry(action)));

    it("writes one gapless chain", async () => {
      await Promise.all(Array.from({ length: 40 }, (_, i) => append(replica(i % 2).database, `r${i}`)));
      expect(await replica(0).database.read.audit.verify([])).toMatchObject({ count: 40, problem: null });
    });

    it("tells the other replica within a second, also after its listening connection was killed", async () => {
      const seen: string[] = [];
      const stop = replica(1).database.onAudit((rows) => seen.push(...rows.map(({ action }) => action)));
      await append(replica(0).database, "first");
      await expect.poll(() => seen, { timeout: 900, interval: 10 }).toContain("first");
      const killed = await replica(0).sql(
        `SELECT pg_terminate_backend("pid") FROM "pg_stat_activity" WHERE "application_name" = 'trellis-listen' AND "datname" = current_database()`,
      );
      expect(killed).toHaveLength(2);
      await append(replica(0).database, "while deaf");
      await expect.poll(() => seen, { timeout: 3000, interval: 10 }).toContain("while deaf");
      await expect
        .poll(
          async () =>
            replica(0).sql(
              `SELECT "pid" FROM "pg_stat_activity" WHERE "application_name" = 'trellis-listen' AND "datname" = current_database() AND "state" = 'idle'`,
            ),
          { timeout: 5000 },
        )
        .toHaveLength(2);
      await append(replica(0).database, "again");
      await expect.poll(() => seen, { timeout: 900, interval: 10 }).toContain("again");
      stop();
    });

    it("answers again after its pooled connections were killed", async () => {
      await replica(0).sql(
        `SELECT pg_terminate_backend("pid") FROM "pg_stat_activity" WHERE "application_name" = 'trellis' AND "datname" = current_database() AND "pid" <> pg_backend_pid()`,
      );
      await expect
        .poll(
          async () =>
            append(replica(1).database, "alive").then(
              () => true,
              (error: unknown) => error,
            ),
          { timeout: 5000 },
        )
        .toBe(true);
      expect((await replica(0).database.read.audit.verify([])).problem).toBeNull();
    });
  });
}
