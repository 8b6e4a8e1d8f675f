import { keyOf, resources } from "../../kube/kube-object.ts";
import { addonStatuses } from "./addon-statuses.ts";
import { findCondition, isTrue, latestTransition, withCondition, withReadySummary } from "./conditions.ts";
import { controlPlaneSteps, type Step } from "./control-plane-script.ts";
import type { Cluster, ControlPlane } from "./eks-objects.ts";
import { addFinalizer, type EksWorld, findOwnerCluster, refusalOf, writeObject, writeStatus } from "./eks-world.ts";
import { isHeld, keepOpen } from "./held.ts";
import { writeKubeconfigSecret, writeUserKubeconfigSecret } from "./kubeconfig-secrets.ts";
import { networkWrite } from "./network-writes.ts";
import { ensurePausedCondition } from "./paused.ts";
import { playControlPlaneDeletion } from "./play-control-plane-deletion.ts";
import { playControlPlaneUpkeep } from "./play-control-plane-upkeep.ts";

export const controlPlaneFinalizer = "awsmanagedcontrolplane.controlplane.cluster.x-k8s.io";
const resource = resources.managedControlPlane;

/** Plays CAPA's AWSManagedControlPlane controller: each look takes the control plane at most one step further. */
export async function playControlPlane(world: EksWorld, controlPlane: ControlPlane): Promise<void> {
  const cluster = findOwnerCluster(world, controlPlane);
  if (!cluster) return;
  if (isHeld(controlPlane) && cluster.spec.paused !== true) return keepOpen(world, controlPlane, cluster);
  if (await ensurePausedCondition(world, resource, controlPlane, cluster)) return;
  // CAPA builds its AWS session before anything it would write, so a refused identity leaves no trace but its log.
  if (refusalOf(world, controlPlane, cluster) !== null) return;
  if (controlPlane.metadata.deletionTimestamp) return playControlPlaneDeletion(world, controlPlane, cluster);
  if (cluster.status?.initialization?.infrastructureProvisioned !== true) return;
  if (!controlPlane.metadata.finalizers?.includes(controlPlaneFinalizer))
    return addFinalizer(world, resource, controlPlane, controlPlaneFinalizer);
  const steps = controlPlaneSteps(controlPlane);
  const conditions = controlPlane.status?.conditions ?? [];
  const step = steps.find((one) => !isTrue(conditions, one.condition));
  if (!step) return playControlPlaneUpkeep(world, controlPlane, cluster);
  const uid = controlPlane.metadata.uid ?? "";
  if (!world.pace.isDue(uid, step.condition, step.seconds, latestTransition(conditions))) return announce(world, controlPlane, step, steps);
  await finish(world, controlPlane, cluster, step, steps);
}

/** A step in flight: CAPA says so only where it has a word for it; the summary counts the finished ones. */
async function announce(world: EksWorld, controlPlane: ControlPlane, step: Step, steps: Step[]): Promise<void> {
  const now = world.now();
  let conditions = controlPlane.status?.conditions ?? [];
  const isNew = step.condition === "EKSControlPlaneReady" && !findCondition(conditions, "EKSControlPlaneCreating");
  if (step.startedReason)
    conditions = withCondition(conditions, { type: step.condition, status: "False", severity: "Info", reason: step.startedReason }, now);
  if (isNew) conditions = withCondition(conditions, { type: "EKSControlPlaneCreating", status: "True" }, now);
  conditions = withReadySummary(conditions, names(steps), now);
  await writeStatus(world, resource, controlPlane, { conditions });
  if (isNew) {
    const message = `Initiated creation of a new EKS control plane ${controlPlane.spec.eksClusterName ?? ""}`;
    await world.events(resource, controlPlane, { reason: "InitiatedCreateEKSControlPlane", message });
  }
}

async function finish(world: EksWorld, controlPlane: ControlPlane, cluster: Cluster, step: Step, steps: Step[]): Promise<void> {
  const now = world.now();
  const spec = networkWrite(controlPlane, step.condition);
  if (spec) await writeObject(world, resource, controlPlane, { spec });
  let conditions = withCondition(controlPlane.status?.conditions ?? [], { type: step.condition, status: "True" }, now);
  let extra: object = {};
  if (step.condition === "EKSControlPlaneReady") {
    await becomeActive(world, controlPlane, cluster);
    conditions = withCondition(conditions, { type: "EKSControlPlaneCreating", status: "False", severity: "Info", reason: "created" }, now);
    extra = { ready: true, initialized: true, version: eksVersion(controlPlane), failureMessage: null };
  }
  if (step.condition === "EKSAddonsConfigured") {
    conditions = withCondition(conditions, { type: "EKSIdentityProviderConfigured", status: "True" }, now);
    extra = { addons: addonStatuses(world, controlPlane, cluster) };
  }
  await writeStatus(world, resource, controlPlane, { ...extra, conditions: withReadySummary(conditions, names(steps), now) });
  if (!step.event) return;
  const vpc = spec?.network.vpc?.id ?? controlPlane.spec.network?.vpc?.id ?? "";
  await world.events(resource, controlPlane, {
    reason: step.event.reason,
    message: step.event.message({ vpc, cluster: controlPlane.spec.eksClusterName ?? "" }),
  });
}

/** EKS answers ACTIVE: the API server is there, both kubeconfigs are written, the endpoint becomes known. */
async function becomeActive(world: EksWorld, controlPlane: ControlPlane, cluster: Cluster): Promise<void> {
  const tenant = world.slots.take({
    cluster: keyOf(cluster.metadata),
    eksName: controlPlane.spec.eksClusterName ?? "",
    region: controlPlane.spec.region ?? "",
  });
  const server = await world.pool.server(tenant.slot);
  await writeKubeconfigSecret(world, controlPlane, cluster.metadata.name, server);
  await writeUserKubeconfigSecret(world, controlPlane, cluster.metadata.name, server);
  await writeObject(world, resource, controlPlane, { spec: { controlPlaneEndpoint: { host: "https://127.0.0.1", port: server.port } } });
}

/** EKS knows major and minor only. */
export function eksVersion(controlPlane: ControlPlane): string {
  const [major = "1", minor = "33"] = (controlPlane.spec.version ?? "1.33").replace(/^v/, "").split(".");
  return `${major}.${minor}`;
}

const names = (steps: Step[]) => steps.map((step) => step.condition);
