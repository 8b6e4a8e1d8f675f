import { keyOf, resources } from "../../kube/kube-object.ts";
import { ControlPlane, type ManagedCluster } from "./eks-objects.ts";
import { type EksWorld, findOwnerCluster, refusalOf, writeObject, writeStatus } from "./eks-world.ts";
import { isHeld } from "./held.ts";
import { writeKubeconfigSecret } from "./kubeconfig-secrets.ts";
import { ensurePausedCondition } from "./paused.ts";

/**
 * Plays CAPA's AWSManagedCluster controller: ready at once, the endpoint copied from the control plane.
 * The kubeconfig Secret comes before, or Cluster API waits half a minute after its first failed connection.
 */
export async function playManagedCluster(world: EksWorld, managedCluster: ManagedCluster): Promise<void> {
  const cluster = findOwnerCluster(world, managedCluster);
  if (!cluster || managedCluster.metadata.deletionTimestamp) return;
  if (isHeld(managedCluster) && cluster.spec.paused !== true) return;
  const found = world.cache.managedControlPlane.find({
    namespace: cluster.metadata.namespace,
    name: cluster.spec.controlPlaneRef?.name ?? "",
  });
  if (!found) return;
  const controlPlane = ControlPlane.parse(found);
  if (await ensurePausedCondition(world, resources.managedCluster, managedCluster, cluster)) return;
  if (managedCluster.status?.ready !== true) {
    if (refusalOf(world, controlPlane, cluster) === null) {
      const tenant = world.slots.take({
        cluster: keyOf(cluster.metadata),
        eksName: controlPlane.spec.eksClusterName ?? "",
        region: controlPlane.spec.region ?? "",
      });
      await writeKubeconfigSecret(world, controlPlane, cluster.metadata.name, await world.pool.server(tenant.slot));
    }
    await writeStatus(world, resources.managedCluster, managedCluster, { ready: true });
  }
  const endpoint = controlPlane.spec.controlPlaneEndpoint;
  if (endpoint && endpoint.host !== "" && managedCluster.spec?.controlPlaneEndpoint?.port !== endpoint.port) {
    await writeObject(world, resources.managedCluster, managedCluster, {
      spec: { controlPlaneEndpoint: { host: endpoint.host, port: endpoint.port } },
    });
  }
}
