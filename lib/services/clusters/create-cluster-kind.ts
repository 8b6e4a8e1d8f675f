import { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import { eksNameKey } from "../../domain/clusters/eks-name.ts";
import { message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { targetKey } from "../../domain/requests/request.ts";
import { readAwsNames } from "../../manifests/clusters/read-aws-names.ts";
import type { BlueprintInUse, RequestKind } from "../requests/request-kind.ts";
import { clusterMayStand } from "./cluster-may-stand.ts";
import { type CreateClusterFacts, observeCreateCluster } from "./create-cluster-facts.ts";
import { requireFreshCreate } from "./create-cluster-fresh.ts";
import { createClusterNotes } from "./create-cluster-notes.ts";
import { exampleForTeam } from "./example-input.ts";
import { inputPathOf } from "./input-path-of.ts";
import { CREATE_CLUSTER, renderCreateCluster } from "./render-create-cluster.ts";
import { slotsFor } from "./slots-for.ts";

/** A new tenant cluster from a blueprint. The team is said by the request, not by the input. */
export const createClusterKind: RequestKind<CreateClusterInput, CreateClusterFacts> = {
  name: CREATE_CLUSTER,
  input: CreateClusterInput,
  offered: true,
  teamOf: () => null,
  blueprintOf: (input) => input.blueprint,
  observe: observeCreateCluster,
  render: (input, blueprint, facts) => renderCreateCluster(input, required(blueprint), facts),
  notes: (input, blueprint, facts) => createClusterNotes(input, required(blueprint), facts),
  slots: (_plan, policy, team) => slotsFor(policy, team),
  reserves: (plan) => {
    const aws = readAwsNames(plan.steps.flatMap((step) => (step.op === "apply" ? [step.object] : [])));
    const awsName = aws === null ? [] : [{ type: "aws-name" as const, key: eksNameKey(aws) }];
    return [{ type: "name", key: targetKey(plan.target) }, ...awsName, { type: "quota", unit: "clusters", amount: 1 }];
  },
  fresh: requireFreshCreate,
  inputPathOf,
  mayStand: clusterMayStand,
  describe: ({ name }) => message("clusters.create.title", { name }),
  example: exampleForTeam,
  visibilityOf: (input) => input.visibility,
};

function required(blueprint: BlueprintInUse | null): BlueprintInUse {
  if (blueprint === null) throw new PortalError("INTERNAL", "internal");
  return blueprint;
}
