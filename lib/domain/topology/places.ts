import type { Networking, ServiceNetworkConfig } from "../tenancy/networking.ts";

/** An account of the bootstrap file, as far as the map needs it. */
export type PlacedAccount = {
  readonly id: string;
  readonly awsAccountId: string;
  readonly region: string;
  readonly teams: readonly string[];
  readonly vpcs: readonly { readonly id: string; readonly cidr: string }[];
};

/** What the platform configured: which account is which, and which networks there are. */
export type Places = {
  readonly accounts: readonly PlacedAccount[];
  readonly networking: Networking;
};

export const NO_PLACES: Places = { accounts: [], networking: { lattice: [], serviceNetworks: [] } };

const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]*):([0-9]{12}):/;

/** The account of an ARN as the map names it: the bootstrap file's id for account and Region, else the 12 digits; null for what is no ARN with an account. */
export function accountOfArn({ accounts }: Places, arn: string): string | null {
  const [, region, awsAccountId] = ARN.exec(arn) ?? [];
  if (awsAccountId === undefined) return null;
  return accounts.find((one) => one.awsAccountId === awsAccountId && (region === "" || one.region === region))?.id ?? awsAccountId;
}

/** The network of a route by name, as its management cluster means it. */
export function networkNamed({ networking }: Places, name: string, managementCluster: string | null): ServiceNetworkConfig | null {
  const named = networking.serviceNetworks.filter((network) => network.name === name);
  const own = networking.lattice.filter((one) => one.managementCluster === managementCluster).map(({ account }) => account);
  return named.find(({ account }) => own.includes(account)) ?? named[0] ?? null;
}
