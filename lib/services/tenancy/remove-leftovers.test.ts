import { afterEach, beforeEach, expect, it } from "vitest";
import { personFromSession } from "./person-from-session.ts";
import { hasLeftovers, removeLeftovers } from "./remove-leftovers.ts";
import { startSession } from "./start-session.ts";
import { createTenancyWorld, ISSUER, type TenancyWorld } from "./testing.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
let world: TenancyWorld;

beforeEach(async () => {
  world = await createTenancyWorld();
});
afterEach(() => world.close());

const signIn = async () =>
  (await startSession.execute({ issuer: ISSUER, subject: "ann", name: "Ann", email: null, groups: [] }, world.system("sign-in"))).sessionId;

it("finds nothing to do while sessions may still be asked for, and leaves no audit row then", async () => {
  await signIn();
  const before = (await world.rows()).length;
  world.advance(DAY_MS);
  expect(await hasLeftovers(world.system("leftovers"))).toBe(false);
  expect(await world.rows()).toHaveLength(before);
});

it("removes sessions a day after their end, keeps the others, and says how many in the audit", async () => {
  const old = await signIn();
  world.advance(DAY_MS + HOUR_MS + 1);
  const open = await signIn();
  expect(await hasLeftovers(world.system("leftovers"))).toBe(true);
  expect(await removeLeftovers.execute({}, world.system("leftovers"))).toEqual({ sessions: 1, keys: 0 });
  expect(await world.db.read.people.findSession(old)).toBeNull();
  expect(await personFromSession(world.db, old, world.now())).toBeNull();
  expect(await personFromSession(world.db, open, world.now())).not.toBeNull();
  expect((await world.rows()).at(-1)).toMatchObject({
    action: "leftovers.remove",
    actor: { id: "system/leftovers" },
    detail: { sessions: 1, keys: 0 },
  });
  expect(await hasLeftovers(world.system("leftovers"))).toBe(false);
});
