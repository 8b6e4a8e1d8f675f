import type { KubeObject } from "../../domain/requests/plan.ts";
import type { ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";
import { buildGateway } from "./build-gateway.ts";
import { buildGatewayClass } from "./build-gateway-class.ts";
import { buildGatewayNamespace } from "./build-gateway-namespace.ts";
import { buildVpcAssociationPolicy } from "./build-vpc-association-policy.ts";

/**
 * What a platform admin applies to a cluster whose VPC is to call through a network (lattice.md §9.1, "B and C"): the class, a Gateway that is only an anchor, and the
 * association. The portal has no right to write it: an association opens the network to a whole VPC.
 */
export function buildConsumerObjects(network: ServiceNetworkConfig, securityGroupIds: readonly string[]): readonly KubeObject[] {
  return [
    buildGatewayNamespace(network.gatewayNamespace),
    buildGatewayClass(),
    buildGateway({ ...network, listeners: [{ name: "http", protocol: "HTTP", port: 80 }] }),
    buildVpcAssociationPolicy(network, securityGroupIds),
  ];
}
