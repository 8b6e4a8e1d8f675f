import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Cluster, ControlPlane } from "./eks-objects.ts";
import { NodeGroup } from "./eks-objects.ts";
import type { EksWorld } from "./eks-world.ts";

const Known = z.array(z.looseObject({ name: z.string(), arn: z.string().optional() }));
const needsNodes = ["coredns", "aws-ebs-csi-driver", "metrics-server", "eks-pod-identity-agent"];

/** `status.addons`: what EKS says of each add-on. Those that need a node are DEGRADED until the first one joins. */
export function addonStatuses(world: EksWorld, controlPlane: ControlPlane, cluster: Cluster): object[] {
  const known = Known.parse(controlPlane.status?.addons ?? []);
  const hasNodes = world.cache.managedMachinePool
    .list()
    .map((one) => NodeGroup.parse(one))
    .some(
      (pool) =>
        pool.metadata.namespace === cluster.metadata.namespace &&
        pool.metadata.labels?.["cluster.x-k8s.io/cluster-name"] === cluster.metadata.name &&
        (pool.status?.replicas ?? 0) > 0,
    );
  return (controlPlane.spec.addons ?? []).map((addon) => {
    const degraded = needsNodes.includes(addon.name) && !hasNodes;
    const arn = known.find((one) => one.name === addon.name)?.arn ?? addonArn(controlPlane, addon.name);
    const issue = {
      code: "InsufficientNumberOfReplicas",
      message: "The add-on is unhealthy because it doesn't have the desired number of replicas.",
      resourceIds: [],
    };
    return {
      name: addon.name,
      version: addon.version,
      arn,
      ...(addon.serviceAccountRoleARN ? { serviceAccountRoleARN: addon.serviceAccountRoleARN } : {}),
      status: degraded ? "DEGRADED" : "ACTIVE",
      ...(degraded ? { issues: [issue] } : {}),
    };
  });
}

function addonArn(controlPlane: ControlPlane, addon: string): string {
  return `arn:aws:eks:${controlPlane.spec.region ?? ""}:000000000000:addon/${controlPlane.spec.eksClusterName ?? ""}/${addon}/${randomUUID()}`;
}
