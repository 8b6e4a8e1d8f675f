import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SessionId } from "../../domain/ids.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { applyBootstrap } from "./apply-bootstrap.ts";
import { endSession } from "./end-session.ts";
import { getPrices } from "./get-prices.ts";
import { getTeam } from "./get-team.ts";
import { listAccounts } from "./list-accounts.ts";
import { listPolicies } from "./list-policies.ts";
import { listTeams } from "./list-teams.ts";
import { listTokens } from "./list-tokens.ts";
import { personFromSession } from "./person-from-session.ts";
import { personFromToken } from "./person-from-token.ts";
import { revokeToken } from "./revoke-token.ts";
import { startSession } from "./start-session.ts";
import { bootstrapFile, createTenancyWorld, ISSUER, type TenancyWorld, TOKEN_HASH } from "./testing.ts";
import { whoAmI } from "./who-am-i.ts";

const HOUR_MS = 3_600_000;
let world: TenancyWorld;
beforeAll(async () => {
  world = await createTenancyWorld();
  await applyBootstrap.execute(bootstrapFile(), world.system("bootstrap"));
});
afterAll(() => world.close());

const start = async (subject: string, groups: readonly string[] = []) =>
  startSession.execute({ issuer: ISSUER, subject, name: `Name of ${subject}`, email: null, groups: [...groups] }, world.system("sign-in"));

async function signIn(subject: string, groups: readonly string[] = []): Promise<Person> {
  const { sessionId } = await start(subject, groups);
  const person = await personFromSession(world.db, sessionId, world.now());
  if (person === null) throw new Error("nobody");
  return person;
}

describe("a session", () => {
  it("gives the rights of groups and of the person herself, and ends 60 minutes after sign-in whatever happens", async () => {
    const { sessionId, endsAt } = await start("ann", ["pay-devs", "watchers", "unmapped"]);
    expect(endsAt.getTime() - world.now().getTime()).toBe(HOUR_MS);
    expect(await personFromSession(world.db, sessionId, world.now())).toMatchObject({
      subject: "ann",
      globalRoles: ["viewer"],
      memberships: [{ teamId: "payments", role: "developer" }],
      via: { door: "session", sessionId, endsAt },
    });
    expect(await personFromSession(world.db, sessionId, new Date(endsAt.getTime() - 1))).not.toBeNull();
    expect(await personFromSession(world.db, sessionId, endsAt)).toBeNull();
    expect(await signIn("shop-lead")).toMatchObject({ name: "Name of shop-lead", memberships: [{ teamId: "shop", role: "lead" }] });
  });

  it("takes rights away at the next sign-in without the group, in every session of the person, and names her as affected", async () => {
    const first = await start("bob", ["pay-leads"]);
    await start("bob", []);
    expect(await personFromSession(world.db, first.sessionId, world.now())).toMatchObject({ memberships: [] });
    const [before, after] = (await world.rows()).filter(({ action, detail }) => action === "session.start" && detail["subject"] === "bob");
    expect(before).toMatchObject({
      actor: { id: "system/sign-in" },
      detail: { memberships: ["payments/lead"], rightsChanged: true, affectedUsers: [expect.any(String)] },
    });
    expect(after).toMatchObject({ detail: { memberships: [], rightsChanged: true } });
  });

  it("is over after signing out, and another's cannot be ended", async () => {
    const [ann, mallory] = [await signIn("ann"), await signIn("mallory")];
    if (ann.via.door !== "session") throw new Error("no session");
    const { sessionId } = ann.via;
    await expect(endSession.execute({ sessionId }, world.as(mallory))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(endSession.execute({ sessionId: SessionId.parse(crypto.randomUUID()) }, world.as(ann))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await endSession.execute({ sessionId }, world.as(ann));
    expect(await personFromSession(world.db, sessionId, world.now())).toBeNull();
    expect((await world.rows()).at(-1)).toMatchObject({ action: "session.end", detail: { endedSessions: [sessionId] } });
  });

  it("is started by nobody but the system", async () => {
    const ann = await signIn("ann");
    await expect(
      startSession.execute({ issuer: ISSUER, subject: "root", name: "x", email: null, groups: [] }, world.as(ann)),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("a token", () => {
  it("is its owner with her rights, until it ends, and says when it was last used", async () => {
    const admin = await personFromToken(world.db, TOKEN_HASH, world.now());
    expect(admin).toMatchObject({ subject: "admin", globalRoles: ["platform-admin"], via: { door: "token", scopes: ["read", "write"] } });
    if (admin === null) return;
    expect((await listTokens.execute({}, world.as(admin))).items).toMatchObject([
      { name: "admin", own: true, lastUsedAt: world.now().toISOString() },
    ]);
    expect(await personFromToken(world.db, TOKEN_HASH, new Date("2027-11-22T00:00:00Z"))).toBeNull();
    expect(await personFromToken(world.db, "0".repeat(64), world.now())).toBeNull();
  });

  it("is revoked by its owner or a platform admin, reads like none to others, and stays revoked over a restart", async () => {
    const [admin, ann] = [await signIn("admin"), await signIn("ann")];
    const [token] = (await listTokens.execute({}, world.as(admin))).items;
    if (token === undefined) throw new Error("no token");
    expect((await listTokens.execute({}, world.as(ann))).items).toEqual([]);
    await expect(revokeToken.execute({ id: token.id }, world.as(ann))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(revokeToken.execute({ id: "none" }, world.as(ann))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await revokeToken.execute({ id: token.id }, world.as(admin))).toMatchObject({
      id: token.id,
      revokedAt: world.now().toISOString(),
    });
    expect(await personFromToken(world.db, TOKEN_HASH, world.now())).toBeNull();
    await applyBootstrap.execute(bootstrapFile(), world.system("bootstrap"));
    expect(await personFromToken(world.db, TOKEN_HASH, world.now())).toBeNull();
    expect((await world.rows()).find(({ action }) => action === "token.revoke")).toMatchObject({
      target: `token/${token.id}`,
      detail: { affectedUsers: [admin.userId] },
    });
  });
});

describe("what people see of tenancy", () => {
  it("is one's own: me, my teams, their accounts", async () => {
    const ann = await signIn("ann", ["pay-devs", "pay-leads"]);
    expect(await whoAmI.execute({}, world.as(ann))).toMatchObject({
      id: ann.userId,
      teams: [{ id: "payments", role: "lead" }],
      via: "session",
      endsAt: expect.any(String),
    });
    expect((await listTeams.execute({}, world.as(ann))).items).toEqual([
      { id: "payments", description: "Payments", members: expect.any(Number), clusters: { used: 0, limit: 20 } },
    ]);
    expect((await listAccounts.execute({}, world.as(ann))).items.map(({ id, teams }) => [id, teams])).toEqual([
      ["payments-prod", ["payments"]],
    ]);
    const shop = getTeam.execute({ id: "shop" }, world.as(ann)).catch((error: unknown) => error);
    const none = getTeam.execute({ id: "no-such-team" }, world.as(ann)).catch((error: unknown) => error);
    expect(await shop).toEqual(await none);
  });

  it("is everything for a platform admin, without external ids", async () => {
    const admin = world.as(await signIn("admin"));
    expect((await listTeams.execute({}, admin)).items.map(({ id }) => id)).toEqual(["payments", "shop"]);
    expect(await getTeam.execute({ id: "shop" }, admin)).toMatchObject({
      people: [{ name: "Name of shop-lead", role: "lead", source: "manual" }],
      groups: [],
    });
    expect((await getTeam.execute({ id: "payments" }, admin)).groups).toEqual([
      { group: "pay-devs", role: "developer" },
      { group: "pay-leads", role: "lead" },
    ]);
    const accounts = await listAccounts.execute({}, admin);
    expect(accounts.items).toHaveLength(2);
    expect(JSON.stringify(accounts)).not.toContain("external-");
    expect((await listPolicies.execute({}, admin)).items).toMatchObject([
      { name: "bootstrap", slots: [], kinds: ["tenancy.bootstrap"] },
      { name: "one-platform-admin", slots: [{ who: { messageKey: "requests.slot.platform-admin" } }], blueprints: ["eks-small"] },
      { name: "own-lead", slots: [{ who: { messageKey: "tenancy.slot.ownLead" } }], kinds: ["cluster.delete"] },
    ]);
    expect(await getPrices.execute({}, admin)).toMatchObject({ asOf: "2026-11-22" });
  });

  it("is nothing for somebody without a team", async () => {
    const viewer = world.as(await signIn("viewer", ["watchers"]));
    expect((await listTeams.execute({}, viewer)).items).toEqual([]);
    for (const query of [listAccounts, listPolicies, getPrices])
      await expect(query.execute({}, viewer)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
