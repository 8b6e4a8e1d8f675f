import type { ObservedCondition, ObservedObject } from "../../domain/clusters/observed-cluster.ts";
import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import { isObject } from "../json-shape.ts";
import { dateAt, listAt, textAt, textMapAt } from "../safe-read.ts";

/** A watched object and when this process saw this version of it. */
export type Seen = { readonly object: KubeObject; readonly observedAt: Date };

export function refOf(object: KubeObject): ObjectRef {
  const { name, namespace } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** What every observed object shares. Conditions are looked for in all places where Cluster API generations put them (cluster-api.md §3). */
export function readObject({ object, observedAt }: Seen): ObservedObject {
  return {
    ref: refOf(object),
    uid: textAt(object, "metadata", "uid") ?? "",
    createdAt: dateAt(object, "metadata", "creationTimestamp"),
    deletingSince: dateAt(object, "metadata", "deletionTimestamp"),
    hasFinalizers: listAt(object, "metadata", "finalizers").length > 0,
    labels: textMapAt(object, "metadata", "labels"),
    annotations: textMapAt(object, "metadata", "annotations"),
    conditions: readConditions(object),
    observedAt,
  };
}

/** `status.conditions` first; what only stands in the v1beta1 or v1beta2 corner is added, so that a later contract drops in. */
export function readConditions(object: unknown): readonly ObservedCondition[] {
  const places = [
    listAt(object, "status", "conditions"),
    listAt(object, "status", "v1beta2", "conditions"),
    listAt(object, "status", "deprecated", "v1beta1", "conditions"),
  ];
  const found = new Map<string, ObservedCondition>();
  for (const condition of places.flat().flatMap(readCondition)) if (!found.has(condition.type)) found.set(condition.type, condition);
  return [...found.values()];
}

function readCondition(condition: unknown): ObservedCondition[] {
  const type = textAt(condition, "type");
  if (type === null || !isObject(condition)) return [];
  const { status, severity } = condition;
  return [
    {
      type,
      status: status === "True" || status === "False" ? status : "Unknown",
      reason: textAt(condition, "reason"),
      message: textAt(condition, "message"),
      severity: severity === "Error" || severity === "Warning" || severity === "Info" ? severity : null,
      at: dateAt(condition, "lastTransitionTime"),
    },
  ];
}
