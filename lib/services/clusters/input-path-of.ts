import type { PlanStep } from "../../domain/requests/plan.ts";

/** Which field of the form an object's field comes from; the first prefix that fits wins. */
const PATHS: Readonly<Record<string, readonly (readonly [objectPath: string, inputPath: string])[]>> = {
  Cluster: [["metadata.name", "name"]],
  AWSManagedControlPlane: [
    ["spec.version", "kubernetesVersion"],
    ["spec.addons", "kubernetesVersion"],
    ["spec.endpointAccess.publicCIDRs", "publicCidrs"],
    ["spec.endpointAccess", "endpointAccess"],
    ["spec.network.vpc.cidrBlock", "network.cidr"],
    ["spec.network.vpc", "network.vpcId"],
    ["spec.network.subnets", "network.subnetIds"],
    ["spec.eksClusterName", "name"],
    ["spec.region", "account"],
    ["spec.identityRef", "account"],
    ["spec.encryptionConfig", "account"],
    ["spec.accessEntries", "account"],
  ],
  MachinePool: [
    ["spec.replicas", "desired"],
    ["spec.template.spec.version", "/kubernetesVersion"],
    ["metadata.name", "name"],
  ],
  AWSManagedMachinePool: [
    ["spec.instanceType", "instanceType"],
    ["spec.capacityType", "capacityType"],
    ["spec.diskSize", "diskSizeGiB"],
    ["spec.scaling.minSize", "min"],
    ["spec.scaling.maxSize", "max"],
    ["spec.eksNodegroupName", "name"],
    ["metadata.name", "name"],
  ],
};

const STEPS_BEFORE_POOLS = 3;

/** Where a webhook's words belong in the input of `cluster.create`: pools are two steps each, after the first three (build-cluster-objects.ts). */
export function inputPathOf(step: PlanStep, objectPath: string): string | null {
  if (step.op !== "apply") return null;
  const path = objectPath.startsWith(".") ? objectPath.slice(1) : objectPath;
  const found = PATHS[step.object.kind]?.find(
    ([prefix]) => path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`),
  );
  if (found === undefined) return null;
  const [, inputPath] = found;
  if (inputPath.startsWith("/")) return inputPath.slice(1);
  return step.object.kind.endsWith("MachinePool") ? `pools.${Math.floor((step.n - STEPS_BEFORE_POOLS - 1) / 2)}.${inputPath}` : inputPath;
}
