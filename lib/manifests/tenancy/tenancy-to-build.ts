import type { ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";

/** What a team's tenancy on one management cluster is made of. */
export type TenancyTeam = { readonly id: string; readonly clusterQuota: number };
/** One account that a team may use: the role CAPA takes in it. */
export type TenancyGrant = {
  readonly team: string;
  readonly accountId: string;
  readonly awsAccountId: string;
  readonly roleArn: string;
  readonly externalId: string | null;
};
/** A service network whose routes live on this management cluster; `ownVpcId` is the VPC of the gateway controller at work there. */
export type TenancyNetwork = ServiceNetworkConfig & { readonly ownVpcId: string };
export type TenancyToBuild = {
  readonly teams: readonly TenancyTeam[];
  readonly grants: readonly TenancyGrant[];
  readonly networks: readonly TenancyNetwork[];
  readonly portalUser: string;
};
