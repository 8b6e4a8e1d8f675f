import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type KubeObject, keyOf } from "../../kube/kube-object.ts";
import { projectRoot } from "../../state/sandbox-folder.ts";
import { Cluster, ControlPlane } from "../eks/eks-objects.ts";
import { isHeld } from "../eks/held.ts";
import type { Tenant } from "../eks/tenant-slots.ts";

/** A tenant cluster one can work with: its EKS cluster is ACTIVE, a workload API server stands for it, its VPC is known. */
export type TenantCluster = {
  /** `team-payments/checkout`. */
  key: string;
  team: string;
  /** What the gateway controller of this cluster is told as CLUSTER_NAME. */
  eksName: string;
  accountId: string;
  region: string;
  vpcId: string;
  /** The VPC's block, where the pods have their addresses. */
  block: string;
  slot: number;
};

const Accounts = z.looseObject({
  accounts: z.array(z.looseObject({ awsAccountId: z.string(), vpcs: z.array(z.looseObject({ id: z.string(), cidr: z.string() })) })),
});
const unknownAccount = "000000000000";

/** Which tenants can be worked with now. Where several share an API server (more clusters than servers), the first one's workloads run there. */
export function tenantClusters(tenants: readonly Tenant[], clusters: KubeObject[], controlPlanes: KubeObject[]): TenantCluster[] {
  const accounts = seedAccounts();
  const found = tenants.flatMap((tenant) => {
    const [namespace = ""] = tenant.cluster.split("/");
    const object = clusters.find((one) => keyOf(one.metadata) === tenant.cluster);
    const cluster = object ? Cluster.parse(object) : null;
    const reference = keyOf({ namespace, name: cluster?.spec.controlPlaneRef?.name ?? "" });
    const plane = controlPlanes.find((one) => keyOf(one.metadata) === reference);
    const controlPlane = plane ? ControlPlane.parse(plane) : null;
    const vpc = controlPlane?.spec.network?.vpc;
    if (!cluster || !controlPlane || !vpc?.id || isHeld(cluster)) return [];
    if (controlPlane.status?.ready !== true || controlPlane.metadata.deletionTimestamp || cluster.metadata.deletionTimestamp) return [];
    const known = accounts.flatMap((account) => account.vpcs).find((one) => one.id === vpc.id);
    return [
      {
        key: tenant.cluster,
        team: namespace.replace(/^team-/, ""),
        eksName: tenant.eksName,
        accountId: accountOf(controlPlane, accounts),
        region: tenant.region,
        vpcId: vpc.id,
        block: vpc.cidrBlock ?? known?.cidr ?? "10.0.0.0/16",
        slot: tenant.slot,
      },
    ];
  });
  return found.filter((one, at) => found.findIndex((other) => other.slot === one.slot) === at);
}

/** The account's number: as the portal wrote it on the control plane, else whose VPC it is in the seed. */
function accountOf(controlPlane: ControlPlane, accounts: z.infer<typeof Accounts>["accounts"]): string {
  const vpc = controlPlane.spec.network?.vpc?.id;
  const owner = accounts.find((account) => account.vpcs.some((one) => one.id === vpc));
  return controlPlane.metadata.annotations?.["trellis.internal/aws-account"] ?? owner?.awsAccountId ?? unknownAccount;
}

let read: z.infer<typeof Accounts>["accounts"] | null = null;
function seedAccounts(): z.infer<typeof Accounts>["accounts"] {
  read ??= Accounts.parse(parse(readFileSync(join(projectRoot, "sandbox/seed/bootstrap.yaml"), "utf8"))).accounts;
  return read;
}
