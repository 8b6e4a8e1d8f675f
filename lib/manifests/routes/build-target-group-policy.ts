import type { JsonObject } from "../../domain/json.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { exportNameOf } from "../../domain/routes/export-names.ts";
import type { RouteBackend, RouteProtocol } from "../../domain/routes/route-input.ts";
import { groupOf, LATTICE_API } from "../api-groups.ts";
import { metadataOf, type RouteToBuild } from "./route-to-build.ts";

/** Name of the health policy beside an export. */
export function targetGroupPolicyName(exportName: string): string {
  return `${exportName}-lattice`;
}

/** Of the group: gRPC and TCP follow from the exported port's route type, and another value would replace the group (lattice.md §1.9). */
const GROUP: Readonly<Record<RouteProtocol, JsonObject>> = { http: { protocol: "HTTP", protocolVersion: "HTTP1" }, grpc: {}, tls: {} };
/** Of the probe: what a target of that protocol can answer. */
const PROBE: Readonly<Record<RouteProtocol, JsonObject>> = {
  http: { protocol: "HTTP", protocolVersion: "HTTP1" },
  grpc: { protocol: "HTTP", protocolVersion: "HTTP2" },
  tls: { protocol: "HTTPS", protocolVersion: "HTTP1" },
};

/** `TargetGroupPolicy` (v1alpha1) beside the export: protocol and health check of its target group, every field said, because the defaults differ by protocol (lattice.md §1.9). */
export function buildTargetGroupPolicy(route: RouteToBuild, backend: RouteBackend): KubeObject {
  const { healthCheck, protocol } = route.spec;
  const exportName = exportNameOf(backend);
  return {
    apiVersion: LATTICE_API,
    kind: "TargetGroupPolicy",
    metadata: metadataOf(route, { namespace: backend.namespace, name: targetGroupPolicyName(exportName) }),
    spec: {
      targetRef: { group: groupOf(LATTICE_API), kind: "ServiceExport", name: exportName },
      ...GROUP[protocol],
      healthCheck: {
        enabled: healthCheck.enabled,
        path: healthCheck.path,
        ...PROBE[protocol],
        intervalSeconds: healthCheck.intervalSeconds,
        timeoutSeconds: healthCheck.timeoutSeconds,
        healthyThresholdCount: healthCheck.healthyThreshold,
        unhealthyThresholdCount: healthCheck.unhealthyThreshold,
        statusMatch: healthCheck.statusMatch,
        ...(healthCheck.port === undefined ? {} : { port: healthCheck.port }),
      },
    },
  };
}
