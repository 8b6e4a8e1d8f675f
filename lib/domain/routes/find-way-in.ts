import type { LatticeServiceAssociation, LatticeVpcAssociation } from "./lattice-facts.ts";
import type { ObservedServiceNetwork } from "./observed-network.ts";
import type { ObservedLattice } from "./observed-route.ts";

/** The way in: one network with the association of the VPC and that of the service, as far as they are there. */
export type WayIn = {
  readonly network: ObservedServiceNetwork | null;
  readonly vpc: LatticeVpcAssociation | null;
  readonly service: LatticeServiceAssociation | null;
};

/** A change of its security groups does not interrupt an association, also when it fails. */
const FLOWS: readonly string[] = ["ACTIVE", "UPDATE_IN_PROGRESS", "UPDATE_FAILED"];

export function letsThrough({ status }: Pick<LatticeVpcAssociation, "status">): boolean {
  return FLOWS.includes(status);
}

type Facts = { readonly networks: readonly ObservedServiceNetwork[]; readonly lattice: Pick<ObservedLattice, "associations"> | null };

/** The network through which the call goes: one that both are in, in working order before any other. A VPC has one association; endpoints cannot be read. */
export function findWayIn({ networks, lattice }: Facts, vpcId: string | null): WayIn {
  const ways = networks.map(
    (network): WayIn => ({
      network,
      vpc: (vpcId === null ? undefined : network.vpcs?.value.find((one) => one.vpcId === vpcId)) ?? null,
      service: (lattice?.associations?.value ?? []).find(({ networkId }) => networkId === network.id) ?? null,
    }),
  );
  const rank = ({ vpc, service }: WayIn) =>
    (vpc === null ? 0 : letsThrough(vpc) ? 4 : 3) + (service === null ? 0 : service.status === "ACTIVE" ? 2 : 1);
  return [...ways].sort((one, other) => rank(other) - rank(one))[0] ?? { network: null, vpc: null, service: null };
}

/** Null while one is missing. */
export function oldestOf(times: readonly (Date | null)[]): Date | null {
  if (times.length === 0 || times.some((time) => time === null)) return null;
  return new Date(Math.min(...times.map(Number)));
}
