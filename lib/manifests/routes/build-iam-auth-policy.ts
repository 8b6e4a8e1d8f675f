import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { buildAuthPolicy, MAX_POLICY_BYTES, policyBytes } from "../../domain/routes/auth-policy.ts";
import { parseAuthPolicy } from "../../domain/routes/parse-auth-policy.ts";
import { GATEWAY_API, groupOf, LATTICE_API } from "../api-groups.ts";
import { metadataOf, type RouteToBuild, routeKindOf } from "./route-to-build.ts";

/**
 * `IAMAuthPolicy` (v1alpha1) on the route, or null when everybody in the network may call (lattice.md §1.11). The policy is minified, because Lattice takes no line breaks
 * (§3.5). `INVALID` `routes.field.<rule>` for a policy that cannot be read, `PRECONDITION` `routes.policySize` beyond 10 KB, `PRECONDITION` `routes.callerGone` for a
 * calling cluster without a VPC: its statement would be missing.
 */
export function buildIamAuthPolicy(route: RouteToBuild): KubeObject | null {
  const policy = policyTextOf(route);
  if (policy === null) return null;
  const bytes = policyBytes(policy);
  if (bytes > MAX_POLICY_BYTES) throw new PortalError("PRECONDITION", "routes.policySize", { bytes, maximum: MAX_POLICY_BYTES });
  return {
    apiVersion: LATTICE_API,
    kind: "IAMAuthPolicy",
    metadata: metadataOf(route, { namespace: route.namespace, name: iamAuthPolicyName(route.name) }),
    spec: { policy, targetRef: { group: groupOf(GATEWAY_API), kind: routeKindOf(route.spec.protocol), name: route.name } },
  };
}

export function iamAuthPolicyName(route: string): string {
  return `${route}-allow`;
}

/** The policy of a route as Lattice gets it; null when it has none. */
function policyTextOf({ spec: { access }, callerVpcs, partition = "aws" }: RouteToBuild): string | null {
  if (access.type === "network") return null;
  if (access.type === "callers") {
    const vpcOf = (cluster: string): string => {
      const vpcId = callerVpcs[cluster];
      if (vpcId === undefined) throw new PortalError("PRECONDITION", "routes.callerGone", { cluster });
      return vpcId;
    };
    return buildAuthPolicy({ callers: access.callers, vpcOf, partition });
  }
  const read = parseAuthPolicy(access.policy);
  if (!read.ok) throw new PortalError("INVALID", `routes.field.${read.rule}`, read.values);
  return read.text;
}
