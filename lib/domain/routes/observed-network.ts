import type { LatticeAuthPolicy, LatticeNetworkDetail, LatticeVpcAssociation, LatticeVpcAssociationDetail, Seen } from "./lattice-facts.ts";

/** A service network as the account that is read says it. What was never read, or what only its owner may read, is null. */
export type ObservedServiceNetwork = {
  readonly id: string;
  readonly name: string;
  readonly arn: string | null;
  readonly vpcs: Seen<readonly LatticeVpcAssociation[]> | null;
  readonly detail: Seen<LatticeNetworkDetail> | null;
  readonly policy: Seen<LatticeAuthPolicy | null> | null;
  /** By the id of the association. */
  readonly vpcDetails: ReadonlyMap<string, Seen<LatticeVpcAssociationDetail>>;
};
