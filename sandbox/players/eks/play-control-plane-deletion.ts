import { keyOf, resources } from "../../kube/kube-object.ts";
import { findCondition, withCondition, withReadySummary } from "./conditions.ts";
import { controlPlaneSteps, eksDeletionSeconds, isManagedVpc, networkDeletion } from "./control-plane-script.ts";
import type { Cluster, Condition, ControlPlane } from "./eks-objects.ts";
import { type EksWorld, removeFinalizer, writeStatus } from "./eks-world.ts";
import { controlPlaneFinalizer } from "./play-control-plane.ts";

const resource = resources.managedControlPlane;

/** CAPA's order: wait for node groups, EKS, security groups, then the network from the outside in; the finalizer last. */
export async function playControlPlaneDeletion(world: EksWorld, controlPlane: ControlPlane, cluster: Cluster): Promise<void> {
  if (!controlPlane.metadata.finalizers?.includes(controlPlaneFinalizer)) return;
  if (hasNodeGroups(world, cluster)) return;
  const uid = controlPlane.metadata.uid ?? "";
  const conditions = controlPlane.status?.conditions ?? [];
  const wasCreated = findCondition(conditions, "EKSControlPlaneCreating") !== null;
  if (wasCreated && !world.pace.isDue(uid, "delete EKS", eksDeletionSeconds, controlPlane.metadata.deletionTimestamp ?? null)) {
    return writeStatus(world, resource, controlPlane, { ready: false });
  }
  if (controlPlane.status?.ready === true || (wasCreated && findCondition(conditions, "EKSControlPlaneReady")?.reason !== "Deleted"))
    return eksIsGone(world, controlPlane);
  const step = networkDeletion.find(
    (one) => findCondition(conditions, one.condition) !== null && findCondition(conditions, one.condition)?.reason !== "Deleted",
  );
  if (step) return deleteStep(world, controlPlane, step);
  await removeFinalizer(world, resource, controlPlane, controlPlaneFinalizer);
  await world.slots.release(keyOf(cluster.metadata));
}

async function eksIsGone(world: EksWorld, controlPlane: ControlPlane): Promise<void> {
  const conditions = withCondition(
    controlPlane.status?.conditions ?? [],
    { type: "EKSControlPlaneReady", status: "False", severity: "Info", reason: "Deleted" },
    world.now(),
  );
  await writeStatus(world, resource, controlPlane, { ready: false, conditions: summarised(world, controlPlane, conditions) });
  await world.events(resource, controlPlane, {
    reason: "SuccessfulDeleteEKSCluster",
    message: `Deleted EKS Cluster ${controlPlane.spec.eksClusterName ?? ""}`,
  });
}

async function deleteStep(world: EksWorld, controlPlane: ControlPlane, step: { condition: string; seconds: number }): Promise<void> {
  const seconds = isManagedVpc(controlPlane) ? step.seconds : 2;
  const conditions = controlPlane.status?.conditions ?? [];
  const condition = findCondition(conditions, step.condition);
  const isDeleting = condition?.reason === "Deleting";
  const due =
    isDeleting && world.pace.isDue(controlPlane.metadata.uid ?? "", `delete ${step.condition}`, seconds, condition.lastTransitionTime);
  const reason = due ? "Deleted" : "Deleting";
  const next = withCondition(conditions, { type: step.condition, status: "False", severity: "Info", reason }, world.now());
  await writeStatus(world, resource, controlPlane, { conditions: summarised(world, controlPlane, next) });
}

function summarised(world: EksWorld, controlPlane: ControlPlane, conditions: Condition[]): Condition[] {
  return withReadySummary(
    conditions,
    controlPlaneSteps(controlPlane).map((step) => step.condition),
    world.now(),
  );
}

function hasNodeGroups(world: EksWorld, cluster: Cluster): boolean {
  return world.cache.managedMachinePool
    .list()
    .some(
      (pool) =>
        pool.metadata.namespace === cluster.metadata.namespace &&
        pool.metadata.labels?.["cluster.x-k8s.io/cluster-name"] === cluster.metadata.name,
    );
}
