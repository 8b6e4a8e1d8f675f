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
export type TenancyToBuild = {
  readonly teams: readonly TenancyTeam[];
  readonly grants: readonly TenancyGrant[];
  /** Service networks whose routes live on this management cluster. */
  readonly networks: readonly ServiceNetworkConfig[];
  readonly portalUser: string;
};
