import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WallLinkId } from "../../domain/ids.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { hashOfSecret } from "../../domain/tenancy/wall-link.ts";
import { applyBootstrap } from "./apply-bootstrap.ts";
import { createWallLink } from "./create-wall-link.ts";
import { exchangeWallLink } from "./exchange-wall-link.ts";
import { listWallLinks } from "./list-wall-links.ts";
import { mayTryWallLink } from "./may-try-wall-link.ts";
import { personFromToken } from "./person-from-token.ts";
import { renewWallLink } from "./renew-wall-link.ts";
import { revokeWallLink } from "./revoke-wall-link.ts";
import { bootstrapFile, createTenancyWorld, type TenancyWorld, TOKEN_HASH } from "./testing.ts";
import { wallFromCookie } from "./wall-from-cookie.ts";

const DAY_MS = 86_400_000;
const COOKIE = "cd".repeat(32);
let world: TenancyWorld;
let admin: Person;
beforeEach(async () => {
  world = await createTenancyWorld();
  await applyBootstrap.execute(bootstrapFile(), world.system("bootstrap"));
  const found = await personFromToken(world.db, TOKEN_HASH, world.now());
  if (found === null) throw new Error("no admin");
  admin = found;
});
afterEach(() => world.close());

const tokenOf = (url: string) => url.slice(url.indexOf("#") + 1);
const make = (more: object = {}) => createWallLink.execute({ name: "Lobby", ...more }, world.as(admin));
const wall = (cookie = COOKIE) => wallFromCookie(world.db, cookie, world.now());
async function exchange(id: string, url: string, cookieHash = COOKIE) {
  const tokenHash = await hashOfSecret(tokenOf(url));
  return exchangeWallLink.execute({ id, tokenHash, cookieHash }, world.system("wall"));
}

describe("a wall link", () => {
  it("is for thirty days unless somebody says otherwise, and for a year at most", async () => {
    const { link } = await make();
    expect([link.state, Date.parse(link.expiresAt) - Date.parse(link.createdAt)]).toEqual(["unused", 30 * DAY_MS]);
    await expect(make({ days: 366 })).rejects.toMatchObject({ code: "INVALID", fields: [{ path: "days" }] });
  });

  it("says its token once, behind the # of an address, and keeps only a hash of it", async () => {
    const { link, url } = await make();
    expect(url).toMatch(/^http:\/\/localhost:3000\/wall#tw_[\w-]{40,}$/);
    const token = tokenOf(url);
    expect(await world.db.read.wall.findByToken(await hashOfSecret(token))).toMatchObject({ id: link.id });
    const kept = JSON.stringify([await listWallLinks.execute({}, world.as(admin)), await world.rows(), world.log.lines]);
    expect([kept.includes(token), kept.includes(await hashOfSecret(token))]).toEqual([false, false]);
  });

  it("opens one screen, which sees through its filter until the link ends", async () => {
    const { link, url } = await make({ filter: { team: "payments", health: "unhealthy" }, days: 2 });
    await exchange(link.id, url);
    expect(await wall()).toEqual({
      type: "wall",
      linkId: link.id,
      name: "Lobby",
      filter: { team: "payments", health: "unhealthy" },
      endsAt: new Date(link.expiresAt),
    });
    world.advance(DAY_MS * 2 - 1);
    expect(await wall()).not.toBeNull();
    world.advance(1);
    expect(await wall()).toBeNull();
  });

  it("refuses the same token a second time, and leaves a row that names the link and no secret", async () => {
    const { link, url } = await make();
    await exchange(link.id, url);
    await expect(exchange(link.id, url, "ef".repeat(32))).rejects.toMatchObject({ code: "CONFLICT", key: "wall.spent" });
    expect(await wall("ef".repeat(32))).toBeNull();
    const row = (await world.rows()).at(-1);
    expect(row).toMatchObject({
      action: "wallLink.exchange",
      outcome: "refused",
      target: `wall-link/${link.id}`,
      actor: { id: "system/wall" },
    });
    expect(JSON.stringify(row).includes(await hashOfSecret(tokenOf(url)))).toBe(false);
  });

  it("gives a screen that lost its cookie a new address, and ends the old screen", async () => {
    const { link, url } = await make();
    await exchange(link.id, url);
    const renewed = await renewWallLink.execute({ id: link.id }, world.as(admin));
    expect([renewed.link.state, await wall()]).toEqual(["unused", null]);
    expect((await world.rows()).at(-1)?.detail["endedWallLinks"]).toEqual([link.id]);
    await expect(exchange(link.id, url)).rejects.toMatchObject({ key: "wall.spent" });
    await exchange(link.id, renewed.url);
    expect(await wall()).toMatchObject({ linkId: link.id });
  });

  it("ends at once and for good when it is revoked, and says why", async () => {
    const { link, url } = await make();
    await exchange(link.id, url);
    const revoked = await revokeWallLink.execute({ id: link.id, reason: "The screen was sold" }, world.as(admin));
    expect([revoked.state, revoked.revokeReason, await wall()]).toEqual(["revoked", "The screen was sold", null]);
    expect((await world.rows()).at(-1)?.detail).toMatchObject({ reason: "The screen was sold", endedWallLinks: [link.id] });
    await expect(renewWallLink.execute({ id: link.id }, world.as(admin))).rejects.toMatchObject({ key: "wall.over" });
    const again = await revokeWallLink.execute({ id: link.id, reason: "Another reason" }, world.as(admin));
    expect(again.revokeReason).toBe("The screen was sold");
  });

  it("is not there when it is not there", async () => {
    const id = WallLinkId.parse("00000000-0000-4000-8000-000000000009");
    await expect(revokeWallLink.execute({ id, reason: "Nothing there" }, world.as(admin))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(renewWallLink.execute({ id }, world.as(admin))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("trying a wall link", () => {
  const may = (address: string) => mayTryWallLink(world.db, address, world.now());

  it("is counted by address, and one network of version 6 is one address", async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, () => may("203.0.113.7")));
    expect(tries.filter(Boolean)).toHaveLength(10);
    expect(await may("::ffff:203.0.113.7")).toBe(false);
    expect(await may("203.0.113.8")).toBe(true);
    for (let n = 1; n <= 10; n += 1) await may(`2001:db8:1:2::${n}`);
    expect([await may("2001:db8:1:2:ffff::1"), await may("2001:db8:1:3::1")]).toEqual([false, true]);
    world.advance(60_000);
    expect(await may("203.0.113.7")).toBe(true);
  });

  it("is counted in all, for those who change their address with each try", async () => {
    for (let n = 0; n < 300; n += 1) await may(`198.51.${n >> 8}.${n & 255}`);
    expect(await may("192.0.2.1")).toBe(false);
    world.advance(60_000);
    expect(await may("192.0.2.1")).toBe(true);
  });
});
