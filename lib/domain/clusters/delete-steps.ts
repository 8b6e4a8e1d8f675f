import { message } from "../message.ts";
import type { StatusStep } from "./cluster-view.ts";
import { runningState, toStep } from "./create-steps.ts";
import type { ObservedCluster } from "./observed-cluster.ts";
import { conditionOf } from "./observed-facts.ts";
import type { StepId } from "./status-limits.ts";

/** Cluster API's own order and the reasons by which it says where it is (cluster-api.md §3.1, §4.5). */
const ORDER: readonly { readonly id: StepId; readonly reasons: readonly string[] }[] = [
  { id: "delete-pools", reasons: ["WaitingForBeforeDeleteHook", "WaitingForWorkersDeletion"] },
  { id: "delete-control-plane", reasons: ["WaitingForControlPlaneDeletion"] },
  { id: "delete-infrastructure", reasons: ["WaitingForInfrastructureDeletion", "DeletionCompleted"] },
];

/** The way of a deletion: pools, control plane, infrastructure. Times are known only for the step that runs. */
export function deleteSteps(observed: ObservedCluster, now: Date): readonly StatusStep[] {
  const condition = conditionOf(observed, "Deleting");
  const current = Math.max(
    ORDER.findIndex(({ reasons }) => reasons.includes(condition?.reason ?? "")),
    gone(observed),
  );
  return ORDER.map(({ id }, index) => {
    const startedAt = index === 0 ? observed.deletingSince : index === current ? (condition?.at ?? null) : null;
    const state = index < current ? "done" : index > current ? "todo" : runningState(id, startedAt, now);
    const detail =
      id === "delete-pools" && observed.pools.length > 0
        ? message("clusters.stepDetail.poolsLeft", { count: observed.pools.length })
        : null;
    return toStep({ id, done: state === "done", at: null, detail }, { state, startedAt, endedAt: null });
  });
}

/** What is already gone, for the moment before the condition says so. */
function gone({ pools, controlPlane }: ObservedCluster): number {
  if (pools.length > 0) return 0;
  return controlPlane === null ? 2 : 1;
}
