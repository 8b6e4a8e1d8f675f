import type { KubeObject } from "../../domain/requests/plan.ts";
import { exportNameOf } from "../../domain/routes/export-names.ts";
import type { RouteBackend } from "../../domain/routes/route-input.ts";
import { LATTICE_API } from "../api-groups.ts";
import { EXPORT_NAME, IMPORT_CLUSTER, IMPORT_VPC } from "./route-keys.ts";
import { importNameIn, metadataOf, providerOf, type RouteToBuild } from "./route-to-build.ts";

/**
 * `ServiceImport` (v1alpha1) on the management cluster, in the namespace named like the export's and pinned by all three annotations: with fewer the first group of that
 * name in the account would do (lattice.md §1.8). Type and ports are demanded by the CRD and steer nothing.
 */
export function buildServiceImport(route: RouteToBuild, backend: RouteBackend): KubeObject {
  const { eksName, vpcId } = providerOf(route, backend);
  return {
    apiVersion: LATTICE_API,
    kind: "ServiceImport",
    metadata: {
      ...metadataOf(route, { namespace: backend.namespace, name: importNameIn(route, backend) }),
      annotations: { [EXPORT_NAME]: exportNameOf(backend), [IMPORT_CLUSTER]: eksName, [IMPORT_VPC]: vpcId },
    },
    spec: { type: "ClusterSetIP", ports: [{ port: backend.port, protocol: "TCP" }] },
  };
}
