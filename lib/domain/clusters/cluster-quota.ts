import { z } from "zod";

/** A team's clusters: how many it may have, has or reserved, and what a plan adds. */
export const ClusterQuota = z.strictObject({ unit: z.literal("clusters"), limit: z.int(), used: z.int(), adds: z.int(), left: z.int() });
export type ClusterQuota = z.infer<typeof ClusterQuota>;

/**
 * `reserved` are the target keys behind reservations (they outlive their request until the object is gone) and their sum;
 * observed clusters without a reservation count too. `adds` is what the plan at hand would add.
 */
export function clusterQuota(count: {
  readonly limit: number;
  readonly reserved: { readonly sum: number; readonly targetKeys: readonly string[] };
  readonly observedKeys: readonly string[];
  readonly adds: number;
}): ClusterQuota {
  const unreserved = count.observedKeys.filter((key) => !count.reserved.targetKeys.includes(key)).length;
  const used = count.reserved.sum + unreserved;
  return { unit: "clusters", limit: count.limit, used, adds: count.adds, left: count.limit - used - count.adds };
}
