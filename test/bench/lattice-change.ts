import { type Figure, percentile } from "./figure.ts";
import { BENCH_ACCOUNT, type RunningPoll, startLatticeFleet } from "./lattice-fleet.ts";

const ROUTES = 100;
const REFRESH_SECONDS = 15;

/** The time from a target's health change in Lattice until the fact is in memory, for a route whose page is open among 100 others, in real time at 5 calls/s. */
export async function measureTargetChange(say: (line: string) => void, count = 6): Promise<Figure> {
  const fleet = await startLatticeFleet(ROUTES);
  try {
    const poll = await fleet.startPoll({ callsPerSecond: 5 });
    const route = fleet.routes[0];
    const group = route?.groups[0];
    if (route === undefined || group === undefined) throw new Error("the fleet is empty");
    await until(poll, () => poll.facts.known(BENCH_ACCOUNT, "group").has(group));
    const leave = poll.facts.attend(BENCH_ACCOUNT, route.name);
    await until(poll, () => statusOf(poll, group) === "HEALTHY");
    const seconds: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const status = n % 2 === 0 ? "UNHEALTHY" : "HEALTHY";
      // Changes come at any time of the period.
      await new Promise((resolve) => setTimeout(resolve, (REFRESH_SECONDS * 1000 * n) / count));
      const begun = performance.now();
      const seen = until(poll, () => statusOf(poll, group) === status);
      fleet.emulator.control.setHealth({ targetGroup: group, status });
      await seen;
      seconds.push((performance.now() - begun) / 1000);
      say(`target change ${n + 1} of ${count}: ${seconds.at(-1)?.toFixed(1) ?? ""} s`);
    }
    leave();
    await poll.stop();
    return {
      name: `target health change → fact in memory, open page, p95 of ${count}`,
      figure: percentile(seconds, 0.95),
      unit: "s",
      budget: REFRESH_SECONDS + 0.5,
    };
  } finally {
    await fleet.stop();
  }
}

function statusOf({ facts }: RunningPoll, group: string): string | undefined {
  return facts.known(BENCH_ACCOUNT, "targets").get(group)?.items[0]?.status;
}

/** Resolves with the fact itself, not with a later look at it. */
function until({ facts }: RunningPoll, isTrue: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    if (isTrue()) return resolve();
    const timer = setTimeout(() => {
      stop();
      reject(new Error("no such fact within two minutes"));
    }, 120_000);
    const stop = facts.subscribe(() => {
      if (!isTrue()) return;
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}
