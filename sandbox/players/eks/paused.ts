import type { KubeObject, Resource } from "../../kube/kube-object.ts";
import { findCondition, withCondition } from "./conditions.ts";
import type { Cluster, Condition } from "./eks-objects.ts";
import { type EksWorld, writeStatus } from "./eks-world.ts";

type Pausable = KubeObject & { status?: { conditions?: Condition[] | undefined } | undefined };

/** Writes CAPA's `Paused` condition, the first thing it does with every object, and answers whether the object is paused. */
export async function ensurePausedCondition(world: EksWorld, resource: Resource, object: Pausable, cluster: Cluster): Promise<boolean> {
  const hasAnnotation = object.metadata.annotations?.["cluster.x-k8s.io/paused"] !== undefined;
  const messages = [
    ...(cluster.spec.paused === true ? ["Cluster spec.paused is set to true"] : []),
    ...(hasAnnotation ? [`${resource.kind} has the cluster.x-k8s.io/paused annotation`] : []),
  ];
  const paused = messages.length > 0;
  const conditions = object.status?.conditions ?? [];
  const wanted = paused
    ? ({ status: "True", reason: "Paused", message: messages.join(", ") } as const)
    : ({ status: "False", reason: "NotPaused" } as const);
  const next = withCondition(conditions, { type: "Paused", ...wanted }, world.now());
  if (findCondition(conditions, "Paused") !== findCondition(next, "Paused")) {
    await writeStatus(world, resource, object, { conditions: next });
    return true;
  }
  return paused;
}
