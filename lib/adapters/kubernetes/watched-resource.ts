import type { KubeObject } from "../../domain/requests/plan.ts";
import type { WatchedKind } from "./port.ts";
import { type Resource, resourceOfKind } from "./resource-paths.ts";

/** The resource of a watched kind. */
export function watchedResource(kind: WatchedKind): Resource {
  return resourceOfKind(kind);
}

/** `namespace/name`, or `name` for cluster-scoped objects. */
export function watchKey(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}
