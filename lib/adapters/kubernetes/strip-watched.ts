import type { KubeObject } from "../../domain/requests/plan.ts";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Drops what nobody reads from a cache and what makes up most of its memory. Changes the object it is given: call it on freshly parsed JSON only. */
export function stripWatched(object: KubeObject): KubeObject {
  delete object.metadata.managedFields;
  const { annotations } = object.metadata;
  if (typeof annotations === "object" && annotations !== null && LAST_APPLIED in annotations) {
    object.metadata.annotations = Object.fromEntries(Object.entries(annotations).filter(([name]) => name !== LAST_APPLIED));
  }
  return object;
}
