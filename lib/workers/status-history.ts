import { isPortalError } from "../domain/portal-error.ts";
import { findTransitions, GONE, type KnownStates, readKnownStates } from "../services/clusters/find-transitions.ts";
import { recordTransitions, type Transition } from "../services/clusters/record-transitions.ts";
import { CLUSTER_OBJECT, ROUTE_OBJECT, type TrackedObject } from "../services/clusters/transition-key.ts";
import type { Context } from "../services/context.ts";
import { findRouteTransitions } from "../services/routes/find-route-transitions.ts";
import { startTimer } from "./start-timer.ts";

const EVERY_MS = 1_000;
const BATCH = 200;

type Tracker = {
  readonly kind: TrackedObject;
  readonly version: (ctx: Context) => number;
  readonly find: (ctx: Context, known: KnownStates) => readonly Transition[];
};

const TRACKERS: readonly Tracker[] = [
  { kind: CLUSTER_OBJECT, version: (ctx) => ctx.clusters.version(), find: findTransitions },
  { kind: ROUTE_OBJECT, version: (ctx) => ctx.routes.version(), find: findRouteTransitions },
];

/** Writes down each change of a cluster's or route's state, once however many replicas see it. Looks only when something changed. */
export function startStatusHistory(ctx: Context): { readonly stop: () => Promise<void> } {
  const rounds = TRACKERS.map(createRound);
  return startTimer(ctx, { name: "status-history", firstMs: EVERY_MS, everyMs: EVERY_MS }, async (round) => {
    for (const look of rounds) await look(round);
  });
}

function createRound(tracker: Tracker): (ctx: Context) => Promise<void> {
  let known: KnownStates | null = null;
  let seenVersion = -1;
  return async (ctx) => {
    const version = tracker.version(ctx);
    if (known !== null && version === seenVersion) return;
    known ??= await readKnownStates(ctx, tracker.kind);
    const changes = tracker.find(ctx, known);
    let isAllOurs = true;
    for (let at = 0; at < changes.length; at += BATCH) {
      const batch = changes.slice(at, at + BATCH);
      if (await record(ctx, batch)) remember(known, batch);
      else isAllOurs = false;
    }
    // Another replica was faster: its rows count, and what is left to say is looked at again.
    if (!isAllOurs) known = await readKnownStates(ctx, tracker.kind);
    seenVersion = isAllOurs ? version : -1;
  };
}

/** False when another replica was faster with some of them. */
async function record(ctx: Context, batch: readonly Transition[]): Promise<boolean> {
  try {
    const { recorded } = await recordTransitions.execute({ transitions: batch }, ctx);
    return recorded.length === batch.length;
  } catch (error) {
    if (isPortalError(error) && error.key === "clusters.transitionsKnown") return false;
    throw error;
  }
}

function remember(known: KnownStates, batch: readonly Transition[]): void {
  for (const { uid, key, to, at } of batch) {
    if (to === GONE) known.delete(uid);
    else known.set(uid, { key, state: to, at });
  }
}
