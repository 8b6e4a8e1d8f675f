import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCallQueue } from "./call-queue.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;
const queueOf = (callsPerSecond = 5) => createCallQueue({ callsPerSecond, now: () => Date.now(), wallClock: { now: () => new Date() } });

/** Takes turns as fast as the queue gives them, each call over at once; the times of the turns. */
function run(queue: ReturnType<typeof queueOf>, count: number, { urgent = false, busyMs = 0 } = {}): number[] {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1)
    void queue.take({ urgent, signal: never }).then((release) => {
      times.push(Date.now());
      if (busyMs === 0) release();
      else setTimeout(release, busyMs);
    });
  return times;
}

describe("createCallQueue", () => {
  it("never sends more sweeps in a second than the rate, not even at the beginning", async () => {
    const times = run(queueOf(), 50);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(times).toHaveLength(50);
    for (const from of times) expect(times.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(5);
  });

  it("lets urgent calls take the saved second at once, and overtake sweeps", async () => {
    const queue = queueOf();
    const sweeps = run(queue, 20);
    await vi.advanceTimersByTimeAsync(1);
    const urgent = run(queue, 4, { urgent: true });
    await vi.advanceTimersByTimeAsync(10);
    expect(urgent).toHaveLength(4);
    expect(sweeps).toHaveLength(1);
  });

  it("lets a sweep that waited two seconds go before urgent calls", async () => {
    const queue = queueOf();
    run(queue, 40, { urgent: true });
    const sweeps = run(queue, 1);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(sweeps).toHaveLength(1);
  });

  it("has at most four calls in flight", async () => {
    const times = run(queueOf(100), 12, { busyMs: 1_000 });
    await vi.advanceTimersByTimeAsync(500);
    expect(times).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(2_600);
    expect(times).toHaveLength(12);
  });

  it("sends nothing while AWS asks to wait, then at half the rate for a minute", async () => {
    const queue = queueOf();
    queue.throttled(3_000);
    const times = run(queue, 500);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(times).toHaveLength(0);
    expect(queue.pace()).toEqual({ callsPerSecond: 2.5, throttledUntil: new Date(60_000) });
    await vi.advanceTimersByTimeAsync(10_001);
    expect(times.length).toBeGreaterThanOrEqual(22);
    expect(times.length).toBeLessThanOrEqual(26);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(queue.pace()).toEqual({ callsPerSecond: 5, throttledUntil: null });
    const before = times.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(times.length - before).toBeGreaterThanOrEqual(49);
  });

  it("takes whoever gives up out of the queue", async () => {
    const queue = queueOf(1);
    run(queue, 1);
    const leaving = new AbortController();
    const left = queue.take({ urgent: false, signal: leaving.signal }).catch((error: unknown) => error);
    const next = run(queue, 1);
    leaving.abort(new Error("enough"));
    expect(await left).toEqual(new Error("enough"));
    await vi.advanceTimersByTimeAsync(1_100);
    expect(next).toHaveLength(1);
    await expect(queue.take({ urgent: true, signal: AbortSignal.abort(new Error("late")) })).rejects.toThrow("late");
  });

  it("counts a turn that is given back twice once", async () => {
    const queue = queueOf(100);
    const release = await queue.take({ urgent: true, signal: never });
    release();
    release();
    const times = run(queue, 8, { urgent: true, busyMs: 10_000 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(times).toHaveLength(4);
  });

  it("follows a rate that is configured anew", async () => {
    const queue = queueOf(1);
    queue.setRate(10);
    const times = run(queue, 100);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(times.length).toBeGreaterThan(40);
    expect(queue.pace().callsPerSecond).toBe(10);
  });
});
