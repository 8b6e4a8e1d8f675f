import { afterAll, beforeAll, expect, it } from "vitest";
import type { DatabasePort } from "./port.ts";
import { createTestDatabase } from "./testing.ts";
let db: DatabasePort;
beforeAll(async () => { const t = performance.now(); db = await createTestDatabase(); console.log("open", performance.now() - t); });
afterAll(() => db.close());
it("opens", async () => {
  const user = await db.transaction((tx) => tx.people.upsertUser({ issuer: "i", subject: "s", name: "n", email: null }));
  expect(await db.read.people.findRights(user.id)).toEqual({ user, globalRoles: [], memberships: [] });
  const row = await db.transaction((tx) => tx.audit.append({ at: new Date(), action: "a", outcome: "ok", actor: { type: "system", id: "x", name: "x", via: "system" }, teamId: null, target: "t", detail: { z: 1, a: [null] } }));
  expect((await db.read.audit.after(0, 10))[0]).toEqual(row);
  await expect(db.transaction(() => db.read.people.findUser(user.id))).rejects.toMatchObject({ key: "database.insideTransaction" });
});
