import type { NetworkQuota } from "../../domain/routes/route-view.ts";
import type { Context } from "../context.ts";
import type { NetworkInUse } from "./read-networking.ts";

/** The quotas a network runs into first (lattice.md §3.7), from whole lists only: what was not read has no number. */
export function networkQuotas({ facts }: Pick<Context, "facts">, { network, lattice, account }: NetworkInUse): readonly NetworkQuota[] {
  const found = facts.networks(account.id)?.value.find(({ name }) => name === network.name);
  const { quotas } = lattice;
  return [
    { quota: "servicesInNetwork", used: found?.services ?? null, limit: quotas.servicesPerNetwork },
    { quota: "vpcsInNetwork", used: found?.vpcs ?? null, limit: quotas.vpcAssociationsPerNetwork },
    { quota: "servicesInRegion", used: facts.services(account.id)?.value.length ?? null, limit: quotas.servicesPerRegion },
    { quota: "targetGroupsInRegion", used: facts.targetGroups(account.id)?.value.length ?? null, limit: quotas.targetGroupsPerRegion },
  ];
}
