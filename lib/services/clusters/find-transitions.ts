import { clusterKey } from "../../domain/clusters/cluster-row.ts";
import { JsonObject } from "../../domain/json.ts";
import { type Message, message } from "../../domain/message.ts";
import { watchStatus } from "../../read-models/clusters/watch-status.ts";
import type { Context } from "../context.ts";
import type { Transition } from "./record-transitions.ts";
import { CLUSTER_OBJECT, type TrackedObject } from "./transition-key.ts";

export const GONE = "gone";

/** The last state written of every object of one kind that has not gone, by uid. */
export type KnownStates = Map<string, { readonly key: string; readonly state: string; readonly at: Date }>;

export async function readKnownStates(ctx: Pick<Context, "db">, kind: TrackedObject = CLUSTER_OBJECT): Promise<KnownStates> {
  const latest = await ctx.db.read.transitions.latest(kind);
  return new Map(
    latest.filter(({ to }) => to !== GONE).map(({ objectUid, objectKey, to, at }) => [objectUid, { key: objectKey, state: to, at }]),
  );
}

type Row = { readonly key: string; readonly state: string; readonly since: string | null; readonly sentence: Message };
/** Everything of one kind that is there now; `row` undefined while it cannot be read. */
type Present = {
  readonly objectKind: TrackedObject;
  readonly objects: Iterable<{ readonly uid: string; readonly row: Row | undefined }>;
  /** Every watch is complete and fresh, so that what is not among them is gone. */
  readonly isComplete: boolean;
  readonly now: Date;
  readonly gone: Message;
};

/**
 * What changed against the states written last. Evidence that is too old says nothing about an object, so `unknown` is never kept; and nothing
 * is said to be gone before every watch is complete and fresh.
 */
export function changesOf(
  { objectKind, objects, isComplete, now, gone: goneSentence }: Present,
  known: KnownStates,
): readonly Transition[] {
  const present = new Set<string>();
  const changed: Transition[] = [];
  for (const { uid, row } of objects) {
    present.add(uid);
    const before = known.get(uid);
    if (row === undefined || uid === "" || row.state === "unknown" || row.state === before?.state) continue;
    changed.push({
      objectKind,
      key: row.key,
      uid,
      from: before?.state ?? null,
      to: row.state,
      at: changedAt(row, before?.at ?? null, now),
      sentence: asJson(row.sentence),
    });
  }
  if (!isComplete) return changed;
  const gone = [...known].filter(([uid]) => !present.has(uid));
  return [
    ...changed,
    ...gone.map(([uid, { key, state }]) => ({ objectKind, key, uid, from: state, to: GONE, at: now, sentence: asJson(goneSentence) })),
  ];
}

/** Changes of clusters. */
export function findTransitions(ctx: Pick<Context, "clusters" | "clock" | "kube">, known: KnownStates): readonly Transition[] {
  const now = ctx.clock.now();
  const objects = [...ctx.clusters.values()].map((observed) => ({ uid: observed.uid, row: ctx.clusters.row(clusterKey(observed), now) }));
  const isComplete = watchStatus(ctx.kube, now).every(({ synced, connected }) => synced && connected);
  return changesOf({ objectKind: CLUSTER_OBJECT, objects, isComplete, now, gone: message("clusters.fact.gone") }, known);
}

/** The evidence's own time where it lies between the last change and now. */
function changedAt({ since }: Row, after: Date | null, now: Date): Date {
  const at = since === null ? null : new Date(since);
  return at !== null && at <= now && (after === null || at > after) ? at : now;
}

function asJson(sentence: Message): JsonObject {
  return JsonObject.parse(sentence);
}
