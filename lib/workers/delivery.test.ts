import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RequestView } from "../domain/requests/request-view.ts";
import type { Person } from "../domain/tenancy/actor.ts";
import { getRequest } from "../services/requests/get-request.ts";
import { noteRef } from "../services/requests/testing/note-kinds.ts";
import { createWorld, payments, type World } from "../services/requests/testing/world.ts";
import { startDelivery } from "./delivery.ts";
import { startExpiry } from "./expiry.ts";
import { startReservationSweeper } from "./reservation-sweeper.ts";
import { startTimer } from "./start-timer.ts";

let world: World;
let dev: Person;
let admin: Person;

beforeEach(async () => {
  world = await createWorld({ realTime: true });
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
});
afterEach(async () => {
  vi.useRealTimers();
  await world.close();
});

const stateOf = async (id: string) => (await getRequest.execute({ id }, world.as(dev))).state;
const approved = async (name: string, parts = 1) => world.approve(admin, await world.submit(dev, { name, parts }));

describe("startDelivery", () => {
  it("delivers what is approved while it runs, several requests at once", async () => {
    let atOnce = 0;
    let most = 0;
    world.kube.before(async ({ verb }) => {
      if (verb !== "apply") return;
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 20));
      atOnce -= 1;
    });
    const worker = startDelivery(world.system("delivery"));
    const requests: RequestView[] = [];
    for (let n = 0; n < 12; n += 1) requests.push(await world.submit(dev, { name: `note-${n}`, parts: 2 }));
    for (const request of requests) await world.approve(admin, request);
    worker.wake();
    await vi.waitFor(
      async () => expect(await Promise.all(requests.map(({ id }) => stateOf(id)))).toEqual(requests.map(() => "delivered")),
      { timeout: 20_000, interval: 100 },
    );
    await worker.stop();
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it("finds approved work without being woken", async () => {
    const worker = startDelivery(world.system("delivery"));
    const { id } = await approved("unwoken");
    await vi.waitFor(async () => expect(await stateOf(id)).toBe("delivered"), { timeout: 5_000 });
    await worker.stop();
  });

  it("applies each object once with two workers on one database", async () => {
    const workers = [startDelivery(world.system("delivery")), startDelivery(world.system("delivery"))];
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push((await approved(`shared-${n}`, 3)).id);
    for (const worker of workers) worker.wake();
    await vi.waitFor(async () => expect(await Promise.all(ids.map(stateOf))).toEqual(ids.map(() => "delivered")), { timeout: 15_000 });
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(world.kube.calls.filter(({ verb }) => verb === "apply")).toHaveLength(18);
  });

  it("lets a step in flight finish when stopped, and takes no other", async () => {
    let inApply: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      inApply = resolve;
    });
    world.kube.before(async ({ verb }) => {
      if (verb !== "apply") return;
      inApply();
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    const { id } = await approved("stopping", 2);
    const worker = startDelivery(world.system("delivery"));
    await reached;
    await worker.stop();
    expect(await stateOf(id)).toBe("delivering");
    expect((await getRequest.execute({ id }, world.as(dev))).steps.map(({ state }) => state)).toEqual(["done", "pending"]);
  });

  it("goes on after the database was away for a moment", async () => {
    const ctx = world.system("delivery");
    let isAway = true;
    const flaky = {
      ...ctx,
      db: {
        ...ctx.db,
        transaction: async <T>(run: Parameters<typeof ctx.db.transaction<T>>[0]) =>
          isAway ? Promise.reject(new Error("connection lost")) : ctx.db.transaction(run),
      },
    };
    const { id } = await approved("flaky");
    const worker = startDelivery(flaky);
    await vi.waitFor(() => expect(world.log.lines.map(({ event }) => event)).toContain("delivery.lookFailed"));
    isAway = false;
    await vi.waitFor(async () => expect(await stateOf(id)).toBe("delivered"), { timeout: 5_000 });
    await worker.stop();
  });
});

describe("timers", () => {
  it("expires what nobody decided, and frees its name", async () => {
    const request = await world.submit(dev, { name: "late" });
    const soon = { ...world.system("expiry"), clock: { now: () => new Date(Date.now() + 8 * 86_400_000) } };
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const worker = startExpiry(soon);
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await stateOf(request.id)).toBe("expired"));
    await worker.stop();
    await expect(world.submit(dev, { name: "late" })).resolves.toMatchObject({ state: "waiting" });
  });

  it("frees the name of a delivered request once its object is gone", async () => {
    const { id } = await approved("swept");
    await world.deliver();
    world.kube.removeNow(noteRef({ namespace: "team-payments", name: "swept" }, 1));
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const worker = startReservationSweeper(world.system("delivery"));
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await world.db.read.requests.listHolding()).toEqual([]));
    await worker.stop();
    expect(await stateOf(id)).toBe("delivered");
  });

  it("keeps going after a round that failed, and never runs two at a time", async () => {
    let rounds = 0;
    let atOnce = 0;
    const worker = startTimer(world.system("delivery"), { name: "test", firstMs: 1, everyMs: 1 }, async () => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      rounds += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      atOnce -= 1;
      if (rounds === 1) throw new Error("a bad round");
    });
    await vi.waitFor(() => expect(rounds).toBeGreaterThan(3));
    await worker.stop();
    const after = rounds;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(rounds).toBe(after);
  });
});
