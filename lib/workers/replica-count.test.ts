import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { DatabasePort } from "../adapters/database/port.ts";
import { createTestDatabase } from "../adapters/database/testing.ts";
import { budgetShare } from "../domain/routes/budget-share.ts";
import { createReplicaCount } from "./replica-count.ts";

let db: DatabasePort;
let now = new Date("2026-11-22T09:00:00.000Z");
const clock = { now: () => now };
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

beforeAll(async () => {
  db = { ...(await createTestDatabase({ clock })), engine: "postgresql" };
});
afterAll(() => db.close());
beforeEach(() => {
  // Each starts when all leases of the one before have ended.
  now = new Date(now.getTime() + 3_600_000);
});

const replica = (name: string) => createReplicaCount({ db, clock }, name);
const shareOf = (one: ReturnType<typeof replica>, isHolder = false) => budgetShare({ isHolder, ...one.view() });

it("gives the first one everything at once, and nothing but the least before it has looked", async () => {
  const first = replica("first");
  expect(first.view()).toEqual({ count: 1, isEstablished: false });
  await first.beat();
  expect(shareOf(first, true)).toBe(1);
});

it("never lets two of them use more than the budget, from the moment when both have looked", async () => {
  const [one, two] = [replica("one"), replica("two")];
  await one.beat();
  await two.beat();
  expect(shareOf(two)).toBe(0.05);
  for (let second = 0; second < 60; second += 3) {
    later(3_000);
    await one.beat();
    await two.beat();
    expect(shareOf(one, true) + shareOf(two)).toBeLessThanOrEqual(1);
  }
  expect(shareOf(two)).toBe(0.2);
});

it("takes the part of one that is gone when its lease has ended, or at once when it left", async () => {
  const [one, two, three] = [replica("a"), replica("b"), replica("c")];
  for (const each of [one, two, three]) await each.beat();
  await three.leave();
  await one.beat();
  expect(one.view().count).toBe(2);
  later(11_000);
  await one.beat();
  expect(one.view().count).toBe(1);
});

it("has everything as soon as the lease of one that was killed has ended and nobody else is at work", async () => {
  const [killed, next] = [replica("killed"), replica("next")];
  await killed.beat();
  later(3_000);
  await next.beat();
  expect(shareOf(next, true)).toBe(0.05);
  later(3_000);
  await next.beat();
  expect(shareOf(next, true)).toBe(0.05);
  later(4_000);
  await next.beat();
  expect(shareOf(next, true)).toBe(1);
  // Whoever comes now is new to it, and has little.
  const third = replica("third");
  await third.beat();
  expect(shareOf(third)).toBe(0.05);
  await next.beat();
  expect(shareOf(next, true)).toBe(0.75);
});

it("counts itself as new when it could not renew in time, because the others no longer count it", async () => {
  const one = replica("slow");
  await one.beat();
  later(11_000);
  expect(one.view().isEstablished).toBe(false);
});
