import { expect, it } from "vitest";
import { addUser, at, hashOf, later } from "./contract-data.ts";
import type { DatabasePort, WallLinkRecord } from "./port.ts";
import type { RawTestDatabase } from "./testing.ts";

const DAY_MS = 86_400_000;

/** Links that show the map on a screen, and how often somebody tried one. */
export function describeWall(opened: () => RawTestDatabase): void {
  const wall = () => opened().database.read.wall;
  let count = 0;

  async function addLink(db: DatabasePort = opened().database): Promise<WallLinkRecord & { readonly token: string }> {
    const user = await addUser(db);
    const token = hashOf(`token-${(count += 1)}`);
    const filter = { team: "payments" };
    const id = await wall().insert({
      name: `Wall ${count}`,
      filter,
      tokenHash: token,
      createdById: user.id,
      createdAt: at,
      expiresAt: later(DAY_MS),
    });
    const link = await wall().find(id);
    if (link === null) throw new Error("no link");
    return { ...link, token };
  }

  it("hands out a link without its secrets", async () => {
    const { token, ...link } = await addLink();
    expect(link).toMatchObject({
      filter: { team: "payments" },
      createdAt: at,
      expiresAt: later(DAY_MS),
      exchangedAt: null,
      revokedAt: null,
    });
    expect(JSON.stringify(link).includes(token)).toBe(false);
    expect(await wall().findByToken(token)).toEqual(link);
    expect((await wall().list(100)).some(({ id }) => id === link.id)).toBe(true);
  });

  it("lets one of two exchanges at the same time win, and none after it", async () => {
    const { id, token } = await addLink();
    const exchange = (cookie: string) => wall().exchange(id, { tokenHash: token, cookieHash: hashOf(cookie), at: later(1) });
    const won = await Promise.all([exchange(`a-${id}`), exchange(`b-${id}`)]);
    expect([...won].sort()).toEqual([false, true]);
    expect(await exchange(`c-${id}`)).toBe(false);
    const cookie = hashOf(won[0] ? `a-${id}` : `b-${id}`);
    expect(await wall().findByCookie(cookie)).toMatchObject({ id, exchangedAt: later(1), lastUsedAt: later(1) });
  });

  it("exchanges no token of a link that is over, and not the hash of another", async () => {
    const { id, token } = await addLink();
    expect(await wall().exchange(id, { tokenHash: hashOf("other"), cookieHash: hashOf(id), at })).toBe(false);
    expect(await wall().exchange(id, { tokenHash: token, cookieHash: hashOf(id), at: later(DAY_MS) })).toBe(false);
  });

  it("kills the old token and the old cookie when it is renewed", async () => {
    const { id, token } = await addLink();
    await wall().exchange(id, { tokenHash: token, cookieHash: hashOf(`old-${id}`), at });
    expect(await wall().renew(id, { tokenHash: hashOf(`new-${id}`), at })).toBe(true);
    expect(await wall().findByToken(token)).toBeNull();
    expect(await wall().findByCookie(hashOf(`old-${id}`))).toBeNull();
    expect(await wall().exchange(id, { tokenHash: hashOf(`new-${id}`), cookieHash: hashOf(`next-${id}`), at })).toBe(true);
    expect(await wall().renew(id, { tokenHash: hashOf(`late-${id}`), at: later(DAY_MS) })).toBe(false);
  });

  it("revokes once, for good", async () => {
    const { id, token } = await addLink();
    const user = await addUser(opened().database);
    expect(await wall().revoke(id, { at, by: user.id, reason: "Screen sold" })).toBe(true);
    expect(await wall().revoke(id, { at: later(1), by: user.id, reason: "again" })).toBe(false);
    expect(await wall().find(id)).toMatchObject({ revokedAt: at, revokeReason: "Screen sold" });
    expect(await wall().exchange(id, { tokenHash: token, cookieHash: hashOf(id), at })).toBe(false);
    expect(await wall().renew(id, { tokenHash: hashOf(`x-${id}`), at })).toBe(false);
  });

  it("remembers the last use, never an earlier one", async () => {
    const { id } = await addLink();
    await wall().touch(id, later(10));
    await wall().touch(id, later(5));
    expect((await wall().find(id))?.lastUsedAt).toEqual(later(10));
  });

  it("counts tries in a window that begins anew when it is over, and forgets old ones", async () => {
    const attempt = (now: Date, key = "wall/one") => wall().countAttempt({ key, windowMs: 1000, now });
    expect([await attempt(at), await attempt(later(500)), await attempt(later(999)), await attempt(later(1000))]).toEqual([1, 2, 3, 1]);
    expect(await Promise.all([1, 2, 3].map(() => attempt(at, "wall/two")))).toEqual(expect.arrayContaining([1, 2, 3]));
    expect(await wall().forgetAttempts(later(500))).toBe(1);
    expect(await attempt(later(1500))).toBe(2);
  });

  it("refuses what makes no sense in the database too", async () => {
    const { id } = await addLink();
    const { sql } = opened();
    await expect(sql(`UPDATE "wall_links" SET "cookieHash" = repeat('a', 64) WHERE "id" = '${id}'`)).rejects.toThrow();
    await expect(sql(`UPDATE "wall_links" SET "tokenHash" = 'plain-token' WHERE "id" = '${id}'`)).rejects.toThrow();
    await expect(sql(`UPDATE "wall_links" SET "expiresAt" = "createdAt" + interval '366 days' WHERE "id" = '${id}'`)).rejects.toThrow();
    await expect(sql(`UPDATE "wall_links" SET "revokedAt" = now() WHERE "id" = '${id}'`)).rejects.toThrow();
    await expect(sql(`INSERT INTO "attempts" ("key", "startedAt", "count") VALUES ('z', now(), 0)`)).rejects.toThrow();
  });
}
