import type { Repositories } from "../../adapters/database/port.ts";
import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { type LatticeAccountConfig, Networking, type ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";

/** A service network with the account it lives in and how the portal reads that account. */
export type NetworkInUse = {
  readonly network: ServiceNetworkConfig;
  readonly lattice: LatticeAccountConfig;
  readonly account: LatticeAccount;
};

/** Every account whose Lattice the portal reads, and every service network in them, from the bootstrap file. Empty where none is configured. */
export async function readNetworking(reads: Pick<Repositories, "tenancy">): Promise<{
  readonly config: Networking;
  readonly accounts: readonly LatticeAccount[];
  readonly networks: readonly NetworkInUse[];
}> {
  const [stored, records] = await Promise.all([reads.tenancy.networking(), reads.tenancy.listAccounts()]);
  const config = Networking.parse(stored);
  const found = config.lattice.flatMap((lattice) => {
    const record = records.find(({ id }) => id === lattice.account);
    if (record === undefined) return [];
    const { awsAccountId, region } = record;
    const { readRoleArn: roleArn, externalId, callsPerSecond } = lattice;
    const account: LatticeAccount = { id: record.id, awsAccountId, region, roleArn, externalId: externalId ?? null, callsPerSecond };
    return [{ lattice, account }];
  });
  const networks = config.serviceNetworks.flatMap((network) => {
    const one = found.find(({ account }) => account.id === network.account);
    return one === undefined ? [] : [{ network, ...one }];
  });
  return { config, accounts: found.map(({ account }) => account), networks };
}
