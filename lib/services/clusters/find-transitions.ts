import { clusterKey } from "../../domain/clusters/cluster-row.ts";
import type { ClusterRowView } from "../../domain/clusters/cluster-view.ts";
import { JsonObject } from "../../domain/json.ts";
import { type Message, message } from "../../domain/message.ts";
import { watchStatus } from "../../read-models/clusters/watch-status.ts";
import type { Context } from "../context.ts";
import type { ClusterTransition } from "./record-transitions.ts";
import { CLUSTER_OBJECT } from "./transition-key.ts";

export const GONE = "gone";

/** The last state written of every cluster that has not gone, by uid. */
export type KnownStates = Map<string, { readonly key: string; readonly state: string; readonly at: Date }>;

export async function readKnownStates(ctx: Pick<Context, "db">): Promise<KnownStates> {
  const latest = await ctx.db.read.transitions.latest(CLUSTER_OBJECT);
  return new Map(
    latest.filter(({ to }) => to !== GONE).map(({ objectUid, objectKey, to, at }) => [objectUid, { key: objectKey, state: to, at }]),
  );
}

/**
 * What changed against the states written last. Evidence that is too old says nothing about a cluster, so `unknown` is never kept; and nothing
 * is said to be gone before every watch is complete and fresh.
 */
export function findTransitions(ctx: Pick<Context, "clusters" | "clock" | "kube">, known: KnownStates): readonly ClusterTransition[] {
  const now = ctx.clock.now();
  const present = new Set<string>();
  const changed: ClusterTransition[] = [];
  for (const observed of ctx.clusters.values()) {
    present.add(observed.uid);
    const row = ctx.clusters.row(clusterKey(observed), now);
    const before = known.get(observed.uid);
    if (row === undefined || observed.uid === "" || row.state === "unknown" || row.state === before?.state) continue;
    changed.push({
      key: row.key,
      uid: observed.uid,
      from: before?.state ?? null,
      to: row.state,
      at: changedAt(row, before?.at ?? null, now),
      sentence: asJson(row.sentence),
    });
  }
  const watches = watchStatus(ctx.kube, now);
  if (!watches.every(({ synced, connected }) => synced && connected)) return changed;
  const gone = [...known].filter(([uid]) => !present.has(uid));
  return [
    ...changed,
    ...gone.map(([uid, { key, state }]) => ({ key, uid, from: state, to: GONE, at: now, sentence: asJson(message("clusters.fact.gone")) })),
  ];
}

/** The evidence's own time where it lies between the last change and now. */
function changedAt({ since }: ClusterRowView, after: Date | null, now: Date): Date {
  const at = since === null ? null : new Date(since);
  return at !== null && at <= now && (after === null || at > after) ? at : now;
}

function asJson(sentence: Message): JsonObject {
  return JsonObject.parse(sentence);
}
