import type { KubeObject } from "../../domain/requests/plan.ts";
import { exportNameOf } from "../../domain/routes/export-names.ts";
import type { RouteBackend } from "../../domain/routes/route-input.ts";
import { LATTICE_API } from "../api-groups.ts";
import { FEDERATION, LATTICE_TAGS_ANNOTATION } from "./route-keys.ts";
import { metadataOf, type RouteToBuild, routeTypeOf, tagsOf } from "./route-to-build.ts";

/**
 * `ServiceExport` (v1alpha1) in the provider cluster: one target group of the kubeService's pods. One exported port, because an import ignores which port it means
 * (lattice.md §1.7); without the federation annotation the controller ignores the object in silence.
 */
export function buildServiceExport(route: RouteToBuild, backend: RouteBackend): KubeObject {
  return {
    apiVersion: LATTICE_API,
    kind: "ServiceExport",
    metadata: {
      ...metadataOf(route, { namespace: backend.namespace, name: exportNameOf(backend) }),
      annotations: { [FEDERATION]: "amazon-vpc-lattice", [LATTICE_TAGS_ANNOTATION]: tagsOf(route) },
    },
    spec: { exportedPorts: [{ port: backend.port, routeType: routeTypeOf(route.spec.protocol) }] },
  };
}
