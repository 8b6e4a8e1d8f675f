import { keyOf, resources } from "../../kube/kube-object.ts";
import { addonStatuses } from "./addon-statuses.ts";
import { isTrue, withCondition } from "./conditions.ts";
import { versionUpdateSeconds } from "./control-plane-script.ts";
import type { Cluster, ControlPlane } from "./eks-objects.ts";
import { type EksWorld, writeStatus } from "./eks-world.ts";
import { freshKubeconfig } from "./kubeconfig-secrets.ts";
import { eksVersion } from "./play-control-plane.ts";

const resource = resources.managedControlPlane;

/** A finished control plane: CAPA keeps the token fresh, follows the version and reports the add-ons. */
export async function playControlPlaneUpkeep(world: EksWorld, controlPlane: ControlPlane, cluster: Cluster): Promise<void> {
  const tenant = world.slots.take({
    cluster: keyOf(cluster.metadata),
    eksName: controlPlane.spec.eksClusterName ?? "",
    region: controlPlane.spec.region ?? "",
  });
  await freshKubeconfig(world, controlPlane, cluster.metadata.name, tenant.slot);
  await followVersion(world, controlPlane);
  await writeStatus(world, resource, controlPlane, { addons: addonStatuses(world, controlPlane, cluster) });
}

/** EKS moves one minor version at a time. */
async function followVersion(world: EksWorld, controlPlane: ControlPlane): Promise<void> {
  const uid = controlPlane.metadata.uid ?? "";
  const current = minorOf(controlPlane.status?.version ?? eksVersion(controlPlane));
  if (minorOf(eksVersion(controlPlane)) <= current) return;
  const next = `1.${current + 1}`;
  const now = world.now();
  const conditions = controlPlane.status?.conditions ?? [];
  const name = controlPlane.spec.eksClusterName ?? "";
  if (!isTrue(conditions, "EKSControlPlaneUpdating")) {
    await writeStatus(world, resource, controlPlane, {
      conditions: withCondition(conditions, { type: "EKSControlPlaneUpdating", status: "True" }, now),
    });
    await world.events(resource, controlPlane, {
      reason: "InitiatedUpdateEKSControlPlane",
      message: `Initiated update of EKS control plane ${name} to version ${next}`,
    });
    return;
  }
  if (!world.pace.isDue(uid, `version ${next}`, versionUpdateSeconds)) return;
  const updated = withCondition(conditions, { type: "EKSControlPlaneUpdating", status: "False", severity: "Info", reason: "updated" }, now);
  await writeStatus(world, resource, controlPlane, { version: next, conditions: updated });
  await world.events(resource, controlPlane, { reason: "SuccessfulUpdateEKSControlPlane", message: `Updated EKS control plane ${name}` });
}

function minorOf(version: string): number {
  return Number(version.split(".")[1] ?? "0");
}
