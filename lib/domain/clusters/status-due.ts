import { createSteps } from "./create-steps.ts";
import { deleteSteps } from "./delete-steps.ts";
import type { ObservedCluster } from "./observed-cluster.ts";
import { connectionDueFrom, firstNodesAt, pickUpDueFrom, shortSince, upSince } from "./observed-facts.ts";
import { DELETE_LONG_MS, FIRST_NODES_MS, GRACE_MS, SHORT_OF_NODES_MS, type StepId, stuckAfterMs, USUAL_SECONDS } from "./status-limits.ts";

/**
 * The next moment at which `clusterStatus` of the same objects may say something else, evidence age aside; null when time alone changes
 * nothing. Between two such moments the status is constant (property test).
 */
export function nextStatusChange(observed: ObservedCluster, now: Date): Date | null {
  const due = [
    ...[observed.createdAt, pickUpDueFrom(observed), connectionDueFrom(observed), ...observed.pools.map(({ createdAt }) => createdAt)].map(
      (from) => after(from, GRACE_MS),
    ),
    ...observed.pools.flatMap((pool) => [
      after(shortSince(pool), SHORT_OF_NODES_MS),
      after(upSince(pool), FIRST_NODES_MS),
      after(upSince(pool), SHORT_OF_NODES_MS),
    ]),
    after(firstNodesAt(observed), FIRST_NODES_MS),
    after(observed.deletingSince, DELETE_LONG_MS),
    ...stepDeadlines(observed, now),
  ].filter((time) => time !== null && time > now.getTime());
  return due.length === 0 ? null : new Date(Math.min(...due.map(Number)));
}

function after(from: Date | null, ms: number): number | null {
  return from === null ? null : from.getTime() + ms;
}

function stepDeadlines(observed: ObservedCluster, now: Date): (number | null)[] {
  const steps = observed.deletingSince === null ? createSteps(observed, now) : deleteSteps(observed, now);
  return steps.map(({ id, startedAt, state }) =>
    startedAt === null || state !== "current" || !isStepId(id) ? null : after(new Date(startedAt), stuckAfterMs(id)),
  );
}

function isStepId(id: string): id is StepId {
  return Object.hasOwn(USUAL_SECONDS, id);
}
