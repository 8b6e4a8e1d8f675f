import { z } from "zod";

/** How fresh the portal's picture of one management cluster is. `freshAt` is the oldest proof over the kinds watched. */
export const ManagementClusterView = z.strictObject({ id: z.string(), connected: z.boolean(), freshAt: z.nullable(z.iso.datetime()), objects: z.int() });
export type ManagementClusterView = z.infer<typeof ManagementClusterView>;
