import type { KubeObject } from "../../domain/requests/plan.ts";
import { GATEWAY_API, groupOf, LATTICE_API } from "../api-groups.ts";
import { metadataOf, type RouteToBuild, routeKindOf } from "./route-to-build.ts";

/** `AccessLogPolicy` (v1alpha1) on the route, or null. `targetRef.namespace` is said because its default is the literal `default` (lattice.md §1.11). */
export function buildAccessLogPolicy(route: RouteToBuild): KubeObject | null {
  const { accessLogs, protocol } = route.spec;
  if (accessLogs === undefined) return null;
  return {
    apiVersion: LATTICE_API,
    kind: "AccessLogPolicy",
    metadata: metadataOf(route, { namespace: route.namespace, name: accessLogPolicyName(route.name) }),
    spec: {
      destinationArn: accessLogs.destinationArn,
      targetRef: { group: groupOf(GATEWAY_API), kind: routeKindOf(protocol), name: route.name, namespace: route.namespace },
    },
  };
}

export function accessLogPolicyName(route: string): string {
  return `${route}-logs`;
}
