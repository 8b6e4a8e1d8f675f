import { isPortalError } from "../domain/portal-error.ts";
import { findTransitions, GONE, type KnownStates, readKnownStates } from "../services/clusters/find-transitions.ts";
import { type ClusterTransition, recordTransitions } from "../services/clusters/record-transitions.ts";
import type { Context } from "../services/context.ts";
import { startTimer } from "./start-timer.ts";

const EVERY_MS = 1_000;
const BATCH = 200;

/** Writes down each change of a cluster's state, once however many replicas see it. Looks only when something changed. */
export function startStatusHistory(ctx: Context): { readonly stop: () => Promise<void> } {
  let known: KnownStates | null = null;
  let seenVersion = -1;
  return startTimer(ctx, { name: "status-history", firstMs: EVERY_MS, everyMs: EVERY_MS }, async (round) => {
    const version = round.clusters.version();
    if (known !== null && version === seenVersion) return;
    known ??= await readKnownStates(round);
    const changes = findTransitions(round, known);
    let isAllOurs = true;
    for (let at = 0; at < changes.length; at += BATCH) {
      const batch = changes.slice(at, at + BATCH);
      if (await record(round, batch)) remember(known, batch);
      else isAllOurs = false;
    }
    // Another replica was faster: its rows count, and what is left to say is looked at again.
    if (!isAllOurs) known = await readKnownStates(round);
    seenVersion = isAllOurs ? version : -1;
  });
}

/** False when another replica was faster with some of them. */
async function record(ctx: Context, batch: readonly ClusterTransition[]): Promise<boolean> {
  try {
    const { recorded } = await recordTransitions.execute({ transitions: batch }, ctx);
    return recorded.length === batch.length;
  } catch (error) {
    if (isPortalError(error) && error.key === "clusters.transitionsKnown") return false;
    throw error;
  }
}

function remember(known: KnownStates, batch: readonly ClusterTransition[]): void {
  for (const { uid, key, to, at } of batch) {
    if (to === GONE) known.delete(uid);
    else known.set(uid, { key, state: to, at });
  }
}
