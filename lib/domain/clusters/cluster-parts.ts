import type { z } from "zod";
import { message } from "../message.ts";
import type { ClusterStatus, ClusterView, ConditionView, Glyph, ObjectView } from "./cluster-view.ts";
import { conditionGlyph } from "./condition-polarity.ts";
import { isFailed } from "./findings/node-group-failed.ts";
import type { ObservedCluster, ObservedObject, ObservedPool } from "./observed-cluster.ts";
import { conditionOf, isUp, poolName } from "./observed-facts.ts";

type PoolView = ClusterView["pools"][number];

/** Most urgent first: what an object or a list of conditions shows. */
const URGENCY: readonly Glyph[] = ["failed", "attention", "waiting", "unknown", "progressing", "deleting", "paused", "ok"];

export function toPoolView(pool: ObservedPool, cluster: ObservedCluster): PoolView {
  const { managed } = pool;
  const state = poolState(pool);
  return {
    name: poolName(pool, cluster),
    glyph: POOL_GLYPHS[state],
    stateLabel: message(`clusters.pool.${state}`),
    instanceType: managed?.instanceType ?? null,
    capacityType: managed?.capacityType ?? null,
    amiType: managed?.amiType ?? null,
    zones: [...(managed?.zones ?? [])],
    ready: pool.readyReplicas,
    desired: pool.desired,
    min: managed?.min ?? null,
    max: managed?.max ?? null,
  };
}

const POOL_GLYPHS = {
  deleting: "deleting",
  failed: "failed",
  ready: "ok",
  starting: "progressing",
  scaling: "progressing",
} as const satisfies Record<string, Glyph>;

function poolState(pool: ObservedPool): keyof typeof POOL_GLYPHS {
  if (pool.deletingSince !== null) return "deleting";
  if (isFailed(pool)) return "failed";
  if (isUp(pool)) return "ready";
  return pool.managed?.ready === true ? "scaling" : "starting";
}

/**
 * The objects of a cluster as a flat tree: each names its parent. Conditions are sorted bad first. While the cluster is being made inside its
 * usual time, a condition that is not True yet is work in progress, not something to look at; what failed stays failed.
 */
export function toObjectViews(cluster: ObservedCluster, status: Pick<ClusterStatus, "state" | "stuck">): readonly ObjectView[] {
  const isUnderWay = status.state === "creating" && !status.stuck;
  const root = idOf(cluster);
  const view = (object: ObservedObject, parent: string | null) => toObjectView(object, { parent, isUnderWay });
  const below = (object: ObservedObject | null, parent: string) => (object === null ? [] : [view(object, parent)]);
  return [
    view(cluster, null),
    ...below(cluster.infrastructure, root),
    ...below(cluster.controlPlane, root),
    ...cluster.pools.flatMap((pool) => [view(pool, root), ...below(pool.managed, idOf(pool))]),
  ];
}

function idOf({ ref }: ObservedObject): string {
  return `${ref.kind}/${ref.name}`;
}

type Place = { readonly parent: string | null; readonly isUnderWay: boolean };

function toObjectView(object: ObservedObject, { parent, isUnderWay }: Place): ObjectView {
  const calm = (view: z.infer<typeof ConditionView>) =>
    isUnderWay && view.glyph === "attention" ? { ...view, glyph: "progressing" as const } : view;
  const conditions = object.conditions
    .map((condition) => calm(toConditionView(condition)))
    .sort((one, other) => rank(one.glyph) - rank(other.glyph));
  const worst = conditions.find(({ glyph }) => glyph !== "unknown") ?? conditions[0];
  const ready = conditionOf(object, "Ready");
  const glyph = object.deletingSince !== null ? "deleting" : (worst?.glyph ?? "unknown");
  return {
    id: idOf(object),
    parent,
    ref: object.ref,
    glyph,
    summary: summaryOf(conditions),
    at: (ready?.at ?? object.createdAt)?.toISOString() ?? null,
    conditions,
  };
}

function toConditionView(condition: ObservedObject["conditions"][number]): z.infer<typeof ConditionView> {
  const { type, status, reason, at } = condition;
  return { type, status, glyph: conditionGlyph(condition), reason, message: condition.message, at: at?.toISOString() ?? null };
}

function rank(glyph: Glyph): number {
  return URGENCY.indexOf(glyph);
}

function summaryOf(conditions: readonly z.infer<typeof ConditionView>[]) {
  if (conditions.length === 0) return message("clusters.object.none");
  const bad = conditions.find(({ glyph }) => glyph === "failed" || glyph === "attention");
  if (bad !== undefined) return message("clusters.object.problem", { type: bad.type, reason: bad.reason ?? bad.status });
  const fine = conditions.filter(({ glyph }) => glyph === "ok").length;
  return message("clusters.object.fine", { ok: fine, total: conditions.length });
}
