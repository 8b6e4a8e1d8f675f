import type { KubeObject } from "../../domain/requests/plan.ts";
import type { ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";
import { GATEWAY_API, groupOf, LATTICE_API } from "../api-groups.ts";
import { MANAGED_BY, TRELLIS } from "../keys.ts";

/** `VpcAssociationPolicy` (v1alpha1) on the network's Gateway: associates the VPC of the cluster it stands in, and no other (lattice.md §1.10). */
export function buildVpcAssociationPolicy(
  { name, gatewayNamespace }: ServiceNetworkConfig,
  securityGroupIds: readonly string[],
): KubeObject {
  return {
    apiVersion: LATTICE_API,
    kind: "VpcAssociationPolicy",
    metadata: { name, namespace: gatewayNamespace, labels: { [MANAGED_BY]: TRELLIS } },
    spec: {
      targetRef: { group: groupOf(GATEWAY_API), kind: "Gateway", name },
      securityGroupIds: [...securityGroupIds],
      associateWithVpc: true,
    },
  };
}
