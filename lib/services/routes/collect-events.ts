import type { KubeObject } from "../../domain/requests/plan.ts";
import type { RouteEventFact } from "../../domain/routes/provider-facts.ts";
import { readEvent } from "../../manifests/routes/read-event.ts";
import type { Context } from "../context.ts";
import { createFactKeeper } from "./keep-facts.ts";
import { storable } from "./storable.ts";

/** Keeps controllers' Events of one cluster, which Kubernetes forgets within the hour (lattice.md §1.4). */
export type EventCollector = {
  /** Takes what the cluster holds now, as far as it was not taken before. */
  collect(events: Iterable<KubeObject>): Promise<void>;
};

/** The number of Events whose versions are remembered; beyond, the oldest are offered again and change nothing. */
const REMEMBERED = 20_000;

export function createEventCollector(ctx: Context, cluster: string): EventCollector {
  const keeper = createFactKeeper(ctx, `events/${cluster}`);
  const taken = new Map<string, string>();

  return {
    async collect(events) {
      const found: { readonly key: string; readonly data: RouteEventFact; readonly isWhole: boolean }[] = [];
      for (const event of events) {
        const read = readEvent(cluster, event);
        if (read === null || read.uid === "") continue;
        const { uid, cluster: _cluster, firstAt, lastAt, ...said } = read;
        const version = `${lastAt.getTime()} ${said.count} ${said.message}`;
        if (taken.get(uid) === version) continue;
        taken.set(uid, version);
        found.push({
          key: uid,
          data: storable({ ...said, object: { ...said.object }, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() }),
          isWhole: false,
        });
      }
      for (const uid of [...taken.keys()].slice(0, Math.max(0, taken.size - REMEMBERED))) taken.delete(uid);
      if (found.length > 0) await keeper.keep(found, ctx.clock.now());
    },
  };
}
