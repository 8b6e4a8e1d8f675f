import { z } from "zod";
import { Message, message } from "../../domain/message.ts";
import { controllerIdentityProblem } from "../../manifests/clusters/controller-identity.ts";
import { watchStatus } from "../../read-models/clusters/watch-status.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";

const ManagementClusterView = z.strictObject({
  id: z.string(),
  synced: z.boolean(),
  connected: z.boolean(),
  freshAt: z.nullable(z.iso.datetime()),
  lagSeconds: z.nullable(z.number()),
  objects: z.int(),
  /** What the installation still lacks there. */
  problems: z.array(Message),
});
export type ManagementClusterView = z.infer<typeof ManagementClusterView>;

/** The management clusters and how fresh what we see of them is. Calls nobody. */
export const listManagementClusters = query({
  name: "management-cluster.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(ManagementClusterView), nextCursor: z.null() }),
  permission: "self.read",
  scope: async () => ({ type: "installation" }),
  run: async (_input, ctx) => ({ items: managementClusterViews(ctx), nextCursor: null }),
});

export function managementClusterViews(ctx: Pick<Context, "kube" | "clock">): ManagementClusterView[] {
  return watchStatus(ctx.kube, ctx.clock.now()).map(({ id, synced, connected, freshAt, lagMs, objects }) => ({
    id,
    synced,
    connected,
    freshAt: freshAt?.toISOString() ?? null,
    lagSeconds: lagMs === null ? null : Math.round(lagMs / 100) / 10,
    objects,
    problems: [...prerequisites(ctx, id)],
  }));
}

/** The controller's own identity must be open to tenant namespaces and to nobody else (cluster-api.md §5). */
function prerequisites({ kube }: Pick<Context, "kube">, id: string): readonly Message[] {
  const cache = kube.managementCluster(id).watch("AWSClusterControllerIdentity");
  if (!cache.health().synced) return [];
  const problem = controllerIdentityProblem(cache.get("default")?.object ?? null);
  return problem === null ? [] : [message(`clusters.prerequisite.controllerIdentity.${problem}`)];
}
