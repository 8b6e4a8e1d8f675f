import { PortalError } from "../../domain/portal-error.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import type { JsonValue } from "../../domain/json.ts";
import type { BootstrapChanges } from "./apply-bootstrap.ts";
import type { Db } from "./engine.ts";
import type { BootstrapRows } from "./port.ts";
import { KIND_POLICIES_KEY, PRICES_KEY } from "./settings-keys.ts";
import { fromJsonColumn, toJsonColumn } from "./stored-json.ts";

/** Teams, accounts and their grants, policies, blueprints, prices: what exists and what it may use. */
export async function applyBootstrapCatalog(db: Db, file: BootstrapRows, now: Date, written: BootstrapChanges): Promise<void> {
  for (const team of file.teams) await writeTeam(db, team, now, written);
  for (const account of file.accounts) await writeAccount(db, account, written);
  await writeGrants(db, file, written);
  for (const policy of file.policies) await writePolicy(db, policy, now, written);
  for (const blueprint of file.blueprints) await writeBlueprint(db, blueprint, now, written);
  await writeSetting(db, PRICES_KEY, file.prices, written);
  await writeSetting(db, KIND_POLICIES_KEY, file.kindPolicies, written);
}

async function writeTeam(db: Db, { id, description, clusterQuota }: BootstrapRows["teams"][number], now: Date, { changes }: BootstrapChanges): Promise<void> {
  const before = await db.team.findUnique({ where: { id } });
  if (before === null) {
    await db.team.create({ data: { id, description, clusterQuota, quotaChangedAt: now } });
    changes.push(`team ${id} added, quota ${clusterQuota}`);
    return;
  }
  if (before.clusterQuota !== clusterQuota) {
    await db.team.update({ where: { id }, data: { clusterQuota, quotaChangedAt: now } });
    changes.push(`team ${id} quota ${before.clusterQuota} to ${clusterQuota}`);
  }
  if (before.description !== description) {
    await db.team.update({ where: { id }, data: { description } });
    changes.push(`team ${id} description`);
  }
}

async function writeAccount(db: Db, { teams: _, ...account }: BootstrapRows["accounts"][number], { changes }: BootstrapChanges): Promise<void> {
  const before = await db.account.findUnique({ where: { id: account.id } });
  if (before !== null && isSame({ ...before, data: fromJsonColumn(before.data) }, account)) return;
  const data = { ...account, data: toJsonColumn(account.data) };
  await db.account.upsert({ where: { id: account.id }, create: data, update: data });
  changes.push(`account ${account.id} ${before === null ? "added" : "changed"}`);
}

async function writeGrants(db: Db, { accounts }: BootstrapRows, { changes }: BootstrapChanges): Promise<void> {
  const wanted = new Map(accounts.flatMap(({ id, teams }) => teams.map((teamId) => [`${id} ${teamId}`, { accountId: id, teamId }])));
  for (const { accountId, teamId } of await db.accountGrant.findMany({ orderBy: [{ accountId: "asc" }, { teamId: "asc" }] })) {
    if (wanted.delete(`${accountId} ${teamId}`)) continue;
    await db.accountGrant.delete({ where: { accountId_teamId: { accountId, teamId } } });
    changes.push(`account ${accountId} no longer for team ${teamId}`);
  }
  for (const grant of wanted.values()) {
    await db.accountGrant.create({ data: grant });
    changes.push(`account ${grant.accountId} for team ${grant.teamId}`);
  }
}

async function writePolicy(db: Db, { name, slots }: BootstrapRows["policies"][number], now: Date, { changes }: BootstrapChanges): Promise<void> {
  const before = await db.policy.findFirst({ where: { name }, orderBy: { version: "desc" } });
  if (before !== null && isSame(fromJsonColumn(before.slots), slots)) return;
  const version = (before?.version ?? 0) + 1;
  await db.policy.create({ data: { name, version, slots: toJsonColumn(slots), createdAt: now } });
  changes.push(`policy ${name} version ${version}`);
}

async function writeBlueprint(db: Db, blueprint: BootstrapRows["blueprints"][number], now: Date, { changes }: BootstrapChanges): Promise<void> {
  const { id, version, data, policyName, withdrawn } = blueprint;
  const before = await db.blueprint.findUnique({ where: { id_version: { id, version } } });
  if (before === null) {
    await db.blueprint.create({ data: { id, version, data: toJsonColumn(data), policyName, withdrawnAt: withdrawn ? now : null, createdAt: now } });
    changes.push(`blueprint ${id} version ${version} published`);
    return;
  }
  if (before.policyName !== policyName || !isSame(fromJsonColumn(before.data), data)) throw new PortalError("PRECONDITION", "database.blueprintChanged", { id, version });
  if (withdrawn === (before.withdrawnAt !== null)) return;
  await db.blueprint.update({ where: { id_version: { id, version } }, data: { withdrawnAt: withdrawn ? now : null } });
  changes.push(`blueprint ${id} version ${version} ${withdrawn ? "withdrawn" : "offered again"}`);
}

async function writeSetting(db: Db, key: string, value: JsonValue, { changes }: BootstrapChanges): Promise<void> {
  const before = await db.setting.findUnique({ where: { key } });
  if (before !== null && isSame(fromJsonColumn(before.value), value)) return;
  await db.setting.upsert({ where: { key }, create: { key, value: toJsonColumn(value) }, update: { value: toJsonColumn(value) } });
  changes.push(`${key} ${before === null ? "added" : "changed"}`);
}

function isSame(before: JsonValue, wanted: JsonValue): boolean {
  return canonicalJson(before) === canonicalJson(wanted);
}
