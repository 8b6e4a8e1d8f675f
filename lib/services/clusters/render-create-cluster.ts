import type { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import type { Plan, PlanStep } from "../../domain/requests/plan.ts";
import { buildClusterObjects } from "../../manifests/clusters/build-cluster-objects.ts";
import type { BlueprintInUse } from "../requests/request-kind.ts";
import type { CreateClusterFacts } from "./create-cluster-facts.ts";

export const CREATE_CLUSTER = "cluster.create";

/** The plan of a new cluster: one apply per object, none of which may exist. Pure: same input, same bytes. */
export function renderCreateCluster(input: CreateClusterInput, blueprint: BlueprintInUse, facts: CreateClusterFacts): Plan {
  const { target, team, account, clusterUid } = facts;
  const objects = buildClusterObjects({ team, namespace: target.namespace, input, blueprint, account });
  const steps = objects.map(
    (object, index): PlanStep => ({
      n: index + 1,
      destination: target.managementCluster,
      proof: { type: "applied" },
      onFail: "stop",
      op: "apply",
      object,
      base: "absent",
    }),
  );
  return {
    v: 1,
    kind: CREATE_CLUSTER,
    target,
    destinations: [{ id: target.managementCluster, clusterUid }],
    steps,
    blueprintVersion: `${blueprint.id}@${blueprint.version}`,
  };
}
