import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { type Outcome, workQueue } from "./work-queue.ts";

const done: Outcome = { kind: "done", againMs: null };
let ending = new AbortController();
afterEach(() => {
  ending.abort();
  ending = new AbortController();
});

function start(work: (key: string) => Promise<Outcome>, speed = 1) {
  const queue = workQueue({ work, speed, signal: ending.signal });
  void queue.run();
  return queue;
}

it("comes back to a key that failed after 5, 10, 20… milliseconds, and forgets the failures when it went well", async () => {
  const times: number[] = [];
  const queue = start(() => {
    times.push(performance.now());
    return Promise.resolve<Outcome>(times.length < 6 ? { kind: "failed" } : done);
  });
  queue.add("a");
  await sleep(400);
  expect(times).toHaveLength(6);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  for (const [at, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual(5 * 2 ** at - 2);
});

it("holds a key once, however often it is added while it waits", async () => {
  const seen: string[] = [];
  const queue = workQueue({ speed: 1, signal: ending.signal, work: (key) => Promise.resolve(done).finally(() => seen.push(key)) });
  for (const key of ["a", "b", "a", "a"]) queue.add(key);
  void queue.run();
  await sleep(50);
  expect(seen).toEqual(["a", "b"]);
});

it("holds up every other key while one is worked on", async () => {
  const seen: string[] = [];
  const free = Promise.withResolvers<undefined>();
  const queue = start(async (key) => {
    if (key === "stuck") await free.promise;
    seen.push(key);
    return done;
  });
  queue.add("stuck");
  queue.add("behind");
  await sleep(50);
  expect(seen).toEqual([]);
  free.resolve(undefined);
  await sleep(50);
  expect(seen).toEqual(["stuck", "behind"]);
});

it("divides waiting times by the speed of the sandbox", async () => {
  let looks = 0;
  const queue = start(() => Promise.resolve<Outcome>(++looks === 1 ? { kind: "later", afterMs: 10_000 } : done), 200);
  queue.add("a");
  await sleep(150);
  expect(looks).toBe(2);
});
