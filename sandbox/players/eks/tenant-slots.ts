import { z } from "zod";
import { type WorkloadPool } from "../../cluster/workload-pool.ts";
import { findJson, type SandboxFolder, writePrivateJson } from "../../state/sandbox-folder.ts";

const Tenant = z.strictObject({ cluster: z.string(), eksName: z.string(), region: z.string(), slot: z.int() });
export type Tenant = z.infer<typeof Tenant>;
const TenantFile = z.strictObject({ tenants: z.array(Tenant) });

/** Which workload API server stands for which cluster. In a file, because the `aws` stand-in and the command line read it too. */
export function tenantSlots(folder: SandboxFolder, pool: WorkloadPool) {
  let tenants = findJson(folder.eksClusters, TenantFile)?.tenants ?? [];
  const save = (next: Tenant[]) => {
    tenants = next;
    writePrivateJson(folder.eksClusters, { tenants });
  };
  return {
    list: () => tenants,
    find: (cluster: string): Tenant | null => tenants.find((one) => one.cluster === cluster) ?? null,
    /** `slot`: for a cluster that may not choose. */
    take({ slot, ...wanted }: { cluster: string; eksName: string; region: string; slot?: number }): Tenant {
      const known = tenants.find((one) => one.cluster === wanted.cluster);
      if (known) return known;
      const tenant = { ...wanted, slot: slot ?? pool.choose(tenants.map((one) => one.slot)) };
      save([...tenants, tenant]);
      return tenant;
    },
    /** Forgets the cluster; the last one on a server leaves it empty for the next. */
    async release(cluster: string): Promise<void> {
      const tenant = tenants.find((one) => one.cluster === cluster);
      if (!tenant) return;
      save(tenants.filter((one) => one !== tenant));
      if (!tenants.some((one) => one.slot === tenant.slot)) await pool.giveBack(tenant.slot);
    },
  };
}
export type TenantSlots = ReturnType<typeof tenantSlots>;

/** The tenants as the running player wrote them, for the command line. */
export function readTenants(folder: SandboxFolder): Tenant[] {
  return findJson(folder.eksClusters, TenantFile)?.tenants ?? [];
}
