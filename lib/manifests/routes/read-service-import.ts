import type { ObservedImport } from "../../domain/routes/observed-route.ts";
import { readObject, type Seen } from "../clusters/read-object.ts";
import { EXPORT_NAME, IMPORT_CLUSTER, IMPORT_VPC } from "./route-keys.ts";

/** ServiceImport (application-networking.k8s.aws/v1alpha1) and the export it is pinned to by annotations (lattice.md §1.8 mode 2). */
export function readServiceImport(seen: Seen): ObservedImport {
  const own = readObject(seen);
  return {
    ...own,
    namespace: seen.object.metadata.namespace ?? "",
    name: seen.object.metadata.name,
    exportName: own.annotations[EXPORT_NAME] ?? null,
    clusterName: own.annotations[IMPORT_CLUSTER] ?? null,
    vpcId: own.annotations[IMPORT_VPC] ?? null,
  };
}
