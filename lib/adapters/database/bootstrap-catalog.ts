import type { JsonValue } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import type { BootstrapChanges } from "./apply-bootstrap.ts";
import type { Db } from "./engine.ts";
import type { BootstrapRows } from "./port.ts";
import { KIND_POLICIES_KEY, NETWORKING_KEY, PRICES_KEY } from "./settings-keys.ts";
import { fromJsonColumn, toJsonColumn } from "./stored-json.ts";

/**
 * Teams, accounts and their grants, policies, blueprints, prices: what exists and what it may use. Each table is read once and what is new written at once,
 * because on PGlite everybody else waits for this transaction.
 */
export async function applyBootstrapCatalog(db: Db, file: BootstrapRows, now: Date, written: BootstrapChanges): Promise<void> {
  await writeTeams(db, file.teams, now, written);
  await writeAccounts(db, file.accounts, written);
  await writeGrants(db, file, written);
  await writePolicies(db, file.policies, now, written);
  await writeBlueprints(db, file.blueprints, now, written);
  await writeSettings(
    db,
    [
      [PRICES_KEY, file.prices],
      [NETWORKING_KEY, file.networking],
      [KIND_POLICIES_KEY, file.kindPolicies],
    ],
    written,
  );
}

async function writeTeams(db: Db, teams: BootstrapRows["teams"], now: Date, { changes }: BootstrapChanges): Promise<void> {
  const known = new Map((await db.team.findMany()).map((team) => [team.id, team]));
  const added = teams.filter(({ id }) => !known.has(id));
  await db.team.createMany({ data: added.map((team) => ({ ...team, quotaChangedAt: now })) });
  changes.push(...added.map(({ id, clusterQuota }) => `team ${id} added, quota ${clusterQuota}`));
  for (const { id, description, clusterQuota } of teams) {
    const before = known.get(id);
    if (before === undefined || (before.clusterQuota === clusterQuota && before.description === description)) continue;
    const sameQuota = before.clusterQuota === clusterQuota;
    await db.team.update({ where: { id }, data: { description, clusterQuota, quotaChangedAt: sameQuota ? before.quotaChangedAt : now } });
    changes.push(sameQuota ? `team ${id} description` : `team ${id} quota ${before.clusterQuota} to ${clusterQuota}`);
  }
}

async function writeAccounts(db: Db, accounts: BootstrapRows["accounts"], { changes }: BootstrapChanges): Promise<void> {
  const known = new Map((await db.account.findMany()).map((account) => [account.id, account]));
  const rows = accounts.map(({ teams: _, ...account }) => account);
  const added = rows.filter(({ id }) => !known.has(id));
  await db.account.createMany({ data: added.map((account) => ({ ...account, data: toJsonColumn(account.data) })) });
  changes.push(...added.map(({ id }) => `account ${id} added`));
  for (const account of rows) {
    const before = known.get(account.id);
    if (before === undefined || isSame({ ...before, data: fromJsonColumn(before.data) }, account)) continue;
    await db.account.update({ where: { id: account.id }, data: { ...account, data: toJsonColumn(account.data) } });
    changes.push(`account ${account.id} changed`);
  }
}

async function writeGrants(db: Db, { accounts }: BootstrapRows, { changes }: BootstrapChanges): Promise<void> {
  const wanted = new Map(accounts.flatMap(({ id, teams }) => teams.map((teamId) => [`${id} ${teamId}`, { accountId: id, teamId }])));
  for (const { accountId, teamId } of await db.accountGrant.findMany({ orderBy: [{ accountId: "asc" }, { teamId: "asc" }] })) {
    if (wanted.delete(`${accountId} ${teamId}`)) continue;
    await db.accountGrant.delete({ where: { accountId_teamId: { accountId, teamId } } });
    changes.push(`account ${accountId} no longer for team ${teamId}`);
  }
  await db.accountGrant.createMany({ data: [...wanted.values()] });
  changes.push(...[...wanted.values()].map(({ accountId, teamId }) => `account ${accountId} for team ${teamId}`));
}

async function writePolicies(db: Db, policies: BootstrapRows["policies"], now: Date, { changes }: BootstrapChanges): Promise<void> {
  const newest = new Map((await db.policy.findMany({ orderBy: { version: "asc" } })).map((policy) => [policy.name, policy]));
  const changed = policies.filter(({ name, slots }) => {
    const before = newest.get(name);
    return before === undefined || !isSame(fromJsonColumn(before.slots), slots);
  });
  const added = changed.map(({ name, slots }) => ({
    name,
    version: (newest.get(name)?.version ?? 0) + 1,
    slots: toJsonColumn(slots),
    createdAt: now,
  }));
  await db.policy.createMany({ data: added });
  changes.push(...added.map(({ name, version }) => `policy ${name} version ${version}`));
}

async function writeBlueprints(db: Db, blueprints: BootstrapRows["blueprints"], now: Date, { changes }: BootstrapChanges): Promise<void> {
  const known = new Map((await db.blueprint.findMany()).map((blueprint) => [`${blueprint.id} ${blueprint.version}`, blueprint]));
  const added = blueprints.filter(({ id, version }) => !known.has(`${id} ${version}`));
  await db.blueprint.createMany({
    data: added.map(({ withdrawn, data, ...row }) => ({
      ...row,
      data: toJsonColumn(data),
      withdrawnAt: withdrawn ? now : null,
      createdAt: now,
    })),
  });
  changes.push(...added.map(({ id, version }) => `blueprint ${id} version ${version} published`));
  for (const { id, version, data, policyName, withdrawn } of blueprints) {
    const before = known.get(`${id} ${version}`);
    if (before === undefined) continue;
    if (before.policyName !== policyName || !isSame(fromJsonColumn(before.data), data))
      throw new PortalError("PRECONDITION", "database.blueprintChanged", { id, version });
    if (withdrawn === (before.withdrawnAt !== null)) continue;
    await db.blueprint.update({ where: { id_version: { id, version } }, data: { withdrawnAt: withdrawn ? now : null } });
    changes.push(`blueprint ${id} version ${version} ${withdrawn ? "withdrawn" : "offered again"}`);
  }
}

async function writeSettings(db: Db, settings: readonly (readonly [string, JsonValue])[], { changes }: BootstrapChanges): Promise<void> {
  const known = new Map((await db.setting.findMany()).map((setting) => [setting.key, setting]));
  for (const [key, value] of settings) {
    const before = known.get(key);
    if (before !== undefined && isSame(fromJsonColumn(before.value), value)) continue;
    await db.setting.upsert({ where: { key }, create: { key, value: toJsonColumn(value) }, update: { value: toJsonColumn(value) } });
    changes.push(`${key} ${before === undefined ? "added" : "changed"}`);
  }
}

function isSame(before: JsonValue, wanted: JsonValue): boolean {
  return canonicalJson(before) === canonicalJson(wanted);
}
