import type { AccountRecord, BlueprintRecord, Repositories } from "../../adapters/database/port.ts";
import { BlueprintData } from "../../domain/clusters/blueprint.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { BootstrapAccount, Prices } from "../../domain/tenancy/bootstrap.ts";
import type { BlueprintInUse } from "../requests/request-kind.ts";

/** The stored blueprint as data that has been read by its schema. */
export function toBlueprint(record: BlueprintRecord): BlueprintInUse {
  return { id: record.id, version: record.version, data: BlueprintData.parse(record.data) };
}

/** The stored account with everything builders and checks need. */
export function toAccount(record: AccountRecord): BootstrapAccount {
  const { id, awsAccountId, region, roleArn, externalId, teams, data } = record;
  return BootstrapAccount.parse({
    ...data,
    id,
    awsAccountId,
    region,
    roleArn,
    teams: [...teams],
    ...(externalId === null ? {} : { externalId }),
  });
}

/** The newest version of a blueprint that may be used. `INVALID` when there is none of that id, `PRECONDITION` when it was withdrawn. */
export async function requireBlueprint(reads: Pick<Repositories, "tenancy">, id: string): Promise<BlueprintInUse> {
  const record = await reads.tenancy.findBlueprint(id);
  if (record === null)
    throw new PortalError(
      "INVALID",
      "clusters.refused",
      { count: 1 },
      { fields: [{ path: "blueprint", key: "clusters.field.blueprintUnknown", values: { blueprint: id } }] },
    );
  if (record.withdrawnAt !== null) throw withdrawn(id, record.version);
  return toBlueprint(record);
}

export function withdrawn(blueprint: string, version: number): PortalError {
  return new PortalError(
    "PRECONDITION",
    "clusters.blueprintWithdrawn",
    { blueprint, version },
    { fields: [{ path: "blueprint", key: "clusters.field.blueprintWithdrawn", values: { blueprint, version } }] },
  );
}

/** An account the team may use. An account of others reads like one that does not exist. `INVALID` otherwise. */
export async function requireAccount(reads: Pick<Repositories, "tenancy">, id: string, team: string): Promise<BootstrapAccount> {
  const records = await reads.tenancy.listAccounts();
  const own = records.filter(({ teams }) => teams.some((one) => one === team));
  const record = own.find((one) => one.id === id);
  if (record !== undefined) return toAccount(record);
  const choices = own.map((one) => one.id).join(", ");
  throw new PortalError(
    "INVALID",
    "clusters.refused",
    { count: 1 },
    { fields: [{ path: "account", key: "clusters.field.accountUnknown", values: { account: id, choices } }] },
  );
}

/** The stored prices; null before a bootstrap file brought them. */
export async function findPrices(reads: Pick<Repositories, "tenancy">): Promise<Prices | null> {
  const parsed = Prices.safeParse(await reads.tenancy.prices());
  return parsed.success ? parsed.data : null;
}
