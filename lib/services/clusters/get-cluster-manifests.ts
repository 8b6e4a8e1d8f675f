import { z } from "zod";
import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { intentOf } from "../../manifests/intent.ts";
import { toYamlDocuments } from "../../manifests/to-yaml.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { ClusterName, findCluster, ownClusterScope } from "./find-cluster.ts";

/** The cluster's objects as YAML to take away: of each live object what Trellis sends, nothing that others wrote. Before they exist, what was asked for. */
export const getClusterManifests = query({
  name: "cluster.manifests",
  input: ClusterName,
  output: z.strictObject({ manifests: z.string() }),
  permission: "cluster.read",
  scope: ownClusterScope,
  run: async (input, ctx) => {
    const { observed, create } = await findCluster(input, { tx: ctx.db.read, clusters: ctx.clusters });
    const objects =
      observed !== undefined ? await liveObjects(ctx, observed) : create === undefined ? [] : plannedObjects(create.planBytes);
    return { manifests: toYamlDocuments(objects.map(intentOf)) };
  },
});

async function liveObjects(ctx: Context, observed: ObservedCluster): Promise<readonly KubeObject[]> {
  const parts = [observed, observed.infrastructure, observed.controlPlane, ...observed.pools.flatMap((pool) => [pool, pool.managed])];
  const kube = ctx.kube.managementCluster(observed.managementCluster);
  const found = await Promise.all(parts.flatMap((part) => (part === null ? [] : [kube.find(part.ref, { signal: ctx.signal })])));
  return found.flatMap((object) => object ?? []);
}

function plannedObjects(planBytes: string): readonly KubeObject[] {
  return parsePlan(planBytes).steps.flatMap((step) => (step.op === "apply" ? [step.object] : []));
}
