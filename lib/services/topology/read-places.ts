import { z } from "zod";
import type { Repositories } from "../../adapters/database/port.ts";
import { Networking } from "../../domain/tenancy/networking.ts";
import type { Places } from "../../domain/topology/places.ts";

// The stored data of an account holds more than the map needs.
const StoredVpcs = z.object({ vpcs: z.array(z.object({ id: z.string(), cidr: z.string() })).default([]) });

/** Accounts and networks as the bootstrap file last said them. */
export async function readPlaces(reads: Pick<Repositories, "tenancy">): Promise<Places> {
  const [networking, records] = await Promise.all([reads.tenancy.networking(), reads.tenancy.listAccounts()]);
  const accounts = records.map(({ id, awsAccountId, region, teams, data }) => ({
    id,
    awsAccountId,
    region,
    teams: [...teams],
    vpcs: (StoredVpcs.safeParse(data).data?.vpcs ?? []).map((vpc) => ({ id: vpc.id, cidr: vpc.cidr })),
  }));
  return { accounts, networking: Networking.parse(networking) };
}
