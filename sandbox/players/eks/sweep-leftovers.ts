import { keyOf, resources } from "../../kube/kube-object.ts";
import type { EksWorld } from "./eks-world.ts";
import { removeNodesOfCluster } from "./tenant-nodes.ts";

/** Does what the garbage collector of a full cluster would: Secrets whose control plane is gone, slots and nodes whose cluster is gone. */
export async function sweepLeftovers(world: EksWorld): Promise<void> {
  const living = new Set(world.cache.managedControlPlane.list().map((one) => one.metadata.uid));
  const { items } = await world.client.list(resources.secret, { fieldSelector: "type=cluster.x-k8s.io/secret" });
  for (const secret of items) {
    const owner = secret.metadata.ownerReferences?.find((one) => one.kind === resources.managedControlPlane.kind);
    if (owner && !living.has(owner.uid))
      await world.client.delete(resources.secret, { namespace: secret.metadata.namespace, name: secret.metadata.name });
  }
  for (const tenant of world.slots.list()) {
    const [namespace = "", name = ""] = tenant.cluster.split("/");
    if (world.cache.cluster.find({ namespace, name })) continue;
    if (world.slots.list().filter((one) => one.slot === tenant.slot).length > 1) {
      const server = await world.pool.server(tenant.slot);
      await removeNodesOfCluster(server.client, keyOf({ namespace, name }));
    }
    await world.slots.release(tenant.cluster);
  }
}
