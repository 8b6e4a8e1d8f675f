import { DeleteClusterInput } from "../../domain/clusters/delete-cluster-input.ts";
import { teamOfNamespace } from "../../domain/clusters/eks-name.ts";
import { TeamId } from "../../domain/ids.ts";
import type { JsonObject } from "../../domain/json.ts";
import { message } from "../../domain/message.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import { clusterRef } from "../../manifests/clusters/cluster-ref.ts";
import type { Context } from "../context.ts";
import type { RequestKind } from "../requests/request-kind.ts";
import { type DeleteClusterFacts, observeDeleteCluster, requireFreshDelete } from "./delete-cluster-facts.ts";
import { slotsFor } from "./slots-for.ts";

export const DELETE_CLUSTER = "cluster.delete";

/**
 * The end of a tenant cluster. Only the Cluster is deleted: Cluster API takes its parts down in the safe order (cluster-api.md §4.5), and the
 * request is done when the object is gone.
 */
export const deleteClusterKind: RequestKind<DeleteClusterInput, DeleteClusterFacts> = {
  name: DELETE_CLUSTER,
  input: DeleteClusterInput,
  offered: true,
  teamOf: ({ namespace }) => TeamId.safeParse(teamOfNamespace(namespace)).data ?? null,
  blueprintOf: () => null,
  observe: observeDeleteCluster,
  render: (_input, _blueprint, facts) => renderDeleteCluster(facts),
  notes: (_input, _blueprint, { target, pools, nodes }) => ({
    title: message("clusters.delete.title", { name: target.name }),
    summary: [
      message("clusters.delete.summary.gone", { name: target.name, pools, nodes }),
      message("clusters.delete.summary.order"),
      message("clusters.delete.summary.kept"),
    ],
    warnings: [message("clusters.delete.warning.final")],
    cost: null,
    quota: null,
    advice: null,
  }),
  slots: (_plan, policy, team) => slotsFor(policy, team),
  reserves: () => [],
  fresh: requireFreshDelete,
  describe: ({ name }) => message("clusters.delete.title", { name }),
  example: exampleOfDelete,
  visibilityOf: () => "team",
};

function renderDeleteCluster({ target, clusterUid, base }: DeleteClusterFacts): Plan {
  const ref = clusterRef(target.namespace, target.name);
  const where = { destination: target.managementCluster, onFail: "stop" as const };
  return {
    v: 1,
    kind: DELETE_CLUSTER,
    target,
    destinations: [{ id: target.managementCluster, clusterUid }],
    steps: [
      { n: 1, ...where, proof: { type: "applied" }, op: "delete", ref, base },
      { n: 2, ...where, proof: { type: "gone" }, op: "await", ref },
    ],
    blueprintVersion: null,
  };
}

async function exampleOfDelete(ctx: Context, team: TeamId): Promise<JsonObject | null> {
  const own = [...ctx.clusters.values()].find((cluster) => cluster.team === team && cluster.managed && cluster.deletingSince === null);
  return own === undefined ? null : { namespace: own.namespace, name: own.name, typedName: own.name };
}
