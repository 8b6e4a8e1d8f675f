import type { KubeObject } from "../../kube/kube-object.ts";
import { keyOf } from "../../kube/kube-object.ts";
import { workloadSlots } from "../../state/ports.ts";
import type { Cluster, ControlPlane } from "./eks-objects.ts";
import type { EksWorld } from "./eks-world.ts";
import { freshKubeconfig } from "./kubeconfig-secrets.ts";

/** Nobody plays an object with this label: the large fleet writes its status itself. Cluster API's real manager works on its Cluster all the same. */
export const heldLabel = "sandbox.trellis.internal/large-fleet";
/** All held clusters share the last workload API server, so that sixty of them cost no more than one. */
export const heldSlot = workloadSlots - 1;

export function isHeld({ metadata }: KubeObject): boolean {
  return metadata.labels?.[heldLabel] !== undefined;
}

/** What a held cluster needs of its player: a way in for Cluster API's probe and for the portal. */
export async function keepOpen(world: EksWorld, controlPlane: ControlPlane, cluster: Cluster): Promise<void> {
  if (controlPlane.metadata.deletionTimestamp) return;
  const tenant = world.slots.take({
    cluster: keyOf(cluster.metadata),
    eksName: controlPlane.spec.eksClusterName ?? "",
    region: controlPlane.spec.region ?? "",
    slot: heldSlot,
  });
  await freshKubeconfig(world, controlPlane, cluster.metadata.name, tenant.slot);
}
