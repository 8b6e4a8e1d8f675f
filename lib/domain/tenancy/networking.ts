import { z } from "zod";
import { TeamId } from "../ids.ts";

const AccountId = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);
const VpcId = z.string().regex(/^vpc-[0-9a-f]+$/);

/**
 * An account + Region in which routes live. A service, its target groups and the controller that makes the service share one account and
 * Region, because target groups cannot be shared (lattice.md §2.2): a provider cluster in another account cannot feed these routes.
 */
export const LatticeAccountConfig = z.strictObject({
  account: AccountId,
  readRoleArn: z.string().regex(/^arn:aws[a-z-]*:iam::[0-9]{12}:role\/.+$/),
  externalId: z.exactOptional(z.string()),
  managementCluster: z.string(),
  /** CLUSTER_NAME and CLUSTER_VPC_ID of the gateway controller at work on the management cluster: part of every ownership tag. */
  controller: z.strictObject({ clusterName: z.string(), vpcId: VpcId }),
  callsPerSecond: z.number().min(0.1).max(100).default(5),
  /** Where Service Quotas differ from the defaults of lattice.md §3.7. */
  quotas: z
    .strictObject({
      servicesPerRegion: z.int().default(2000),
      servicesPerNetwork: z.int().default(500),
      targetGroupsPerRegion: z.int().default(500),
      targetGroupsPerService: z.int().default(10),
      rulesPerListener: z.int().default(10),
      vpcAssociationsPerNetwork: z.int().default(500),
    })
    .default({
      servicesPerRegion: 2000,
      servicesPerNetwork: 500,
      targetGroupsPerRegion: 500,
      targetGroupsPerService: 10,
      rulesPerListener: 10,
      vpcAssociationsPerNetwork: 500,
    }),
});
export type LatticeAccountConfig = z.infer<typeof LatticeAccountConfig>;

export const GatewayListenerConfig = z.strictObject({
  name: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
  protocol: z.enum(["HTTP", "HTTPS", "TLS"]),
  port: z.int().min(1).max(65_535),
  certificateArn: z.exactOptional(z.string()),
});

/** A Lattice service network, the Gateway that stands for it (same name, lattice.md §1.3), and which team may do what with it. */
export const ServiceNetworkConfig = z.strictObject({
  /** Lattice takes 63 characters; 55 leave room for the namespaces' label of it (`networkLabel`), whose name part has 63. */
  name: z
    .string()
    .max(55)
    .regex(/^(?!.*--)[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/),
  description: z.exactOptional(z.string()),
  account: AccountId,
  gatewayNamespace: z.string().default("lattice"),
  /** How many of a protocol is checked with the file: a service takes two, and a route without a listener's name gets all that take its kind. */
  listeners: z.array(GatewayListenerConfig).min(1).max(4),
  publishers: z.array(TeamId),
  callers: z.array(TeamId),
  /** VPCs that should be associated, and whose they are: made by a VpcAssociationPolicy in that cluster, or by infrastructure code. */
  consumers: z
    .array(z.strictObject({ vpcId: z.exactOptional(VpcId), cluster: z.exactOptional(z.string()), team: z.exactOptional(TeamId) }))
    .default([]),
});
export type ServiceNetworkConfig = z.infer<typeof ServiceNetworkConfig>;

/** The bootstrap file's section on service networks; stored as it was parsed. */
export const Networking = z.strictObject({
  lattice: z.array(LatticeAccountConfig).default([]),
  serviceNetworks: z.array(ServiceNetworkConfig).default([]),
});
export type Networking = z.infer<typeof Networking>;

/** `trellis.internal/network-<name>`: the label by which a Gateway's listeners select the namespaces of the teams that may publish. */
export function networkLabel(network: string): string {
  return `trellis.internal/network-${network}`;
}
