import { adviseCluster } from "../../domain/clusters/cluster-advice.ts";
import { clusterCost } from "../../domain/clusters/cluster-cost.ts";
import type { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import { message } from "../../domain/message.ts";
import type { BlueprintInUse, PlanNotes } from "../requests/request-kind.ts";
import type { CreateClusterFacts } from "./create-cluster-facts.ts";

/** What people read beside the plan of a new cluster; never hashed. */
export function createClusterNotes(input: CreateClusterInput, blueprint: BlueprintInUse, facts: CreateClusterFacts): PlanNotes {
  const nodes = input.pools.reduce((sum, { desired }) => sum + desired, 0);
  const advice = adviseCluster(input.advice);
  return {
    title: message("clusters.create.title", { name: input.name }),
    summary: [
      message("clusters.create.summary.place", { account: input.account, region: facts.account.region, version: input.kubernetesVersion }),
      message("clusters.create.summary.pools", { pools: input.pools.length, nodes }),
      message(`clusters.create.summary.endpoint.${input.endpointAccess}`),
      message("clusters.create.summary.time", { low: blueprint.data.usualMinutes.low, high: blueprint.data.usualMinutes.high }),
    ],
    warnings: [
      message("clusters.warning.eksUnchecked", { account: input.account }),
      ...(advice.recommendation === "namespace" ? [message("clusters.warning.namespaceEnough")] : []),
      ...facts.warnings,
    ],
    cost: facts.prices === null ? null : clusterCost({ input, blueprint: blueprint.data, prices: facts.prices }),
    quota: facts.quota,
    advice,
  };
}
