import { expect, it } from "vitest";
import { at, later } from "./contract-data.ts";
import type { DatabasePort } from "./port.ts";

/** What replicas share of other systems, and which of them asks. */
export function describeObservations(db: () => DatabasePort): void {
  it("gives a lease to one owner until it runs out, and lets that one renew it", async () => {
    const { observations } = db().read;
    const claim = (owner: string, now: Date) => observations.claimLease({ name: "poll", owner, leaseMs: 1000, now });
    expect(await claim("one", at)).toBe(true);
    expect(await claim("two", later(500))).toBe(false);
    expect(await claim("one", later(900))).toBe(true);
    expect(await claim("two", later(1500))).toBe(false);
    expect(await claim("two", later(1900))).toBe(true);
    expect(await claim("one", later(2000))).toBe(false);
  });

  it("counts the leases that are held, and forgets those that ended long ago", async () => {
    const { observations } = db().read;
    for (const [owner, leaseMs] of [
      ["one", 1000],
      ["two", 5000],
    ] as const)
      await observations.claimLease({ name: `counted/${owner}`, owner, leaseMs, now: at });
    await observations.claimLease({ name: "other/one", owner: "one", leaseMs: 5000, now: at });
    expect(await observations.countLeases("counted/", later(500))).toBe(2);
    expect(await observations.countLeases("counted/", later(2000))).toBe(1);
    await observations.forget(later(3000));
    expect(await observations.countLeases("counted/", at)).toBe(1);
  });

  it("tells what was written since, newest words of each fact only, and what is gone", async () => {
    const { observations } = db().read;
    await observations.save("lattice/a", [
      { key: "one", data: { n: 1 }, at },
      { key: "two", data: { n: 2 }, at },
    ]);
    const before = await observations.since(0n, 1000);
    const last = before.at(-1)?.seq ?? 0n;
    await observations.save("lattice/a", [{ key: "one", data: { n: 3 }, at: later(1) }]);
    await observations.save("lattice/a", [{ key: "two", data: null, at: later(2) }]);
    const rows = await observations.since(last, 1000);
    expect(rows.map(({ seq: _seq, ...row }) => row)).toEqual([
      { source: "lattice/a", key: "one", data: { n: 3 }, at: later(1) },
      { source: "lattice/a", key: "two", data: null, at: later(2) },
    ]);
    expect(await observations.since(rows.at(-1)?.seq ?? 0n, 1000)).toEqual([]);
  });

  it("forgets what is long gone and old Events, and nothing else", async () => {
    const { observations } = db().read;
    await observations.save("lattice/b", [
      { key: "stays", data: {}, at },
      { key: "gone", data: null, at },
      { key: "just-gone", data: null, at: later(10) },
    ]);
    await observations.save("events/b", [
      { key: "old", data: {}, at },
      { key: "new", data: {}, at: later(10) },
    ]);
    await observations.forget(later(5));
    const left = (await observations.since(0n, 1000)).filter(({ source }) => source.endsWith("/b")).map(({ key }) => key);
    expect(left.sort()).toEqual(["just-gone", "new", "stays"]);
  });
}
