import { UserId } from "../../domain/ids.ts";
import type { BootstrapChanges } from "./apply-bootstrap.ts";
import type { Db } from "./engine.ts";
import type { BootstrapRows, RightsMapping } from "./port.ts";
import { toMappingRow } from "./rights-mapping-row.ts";

type SubjectMapping = Extract<RightsMapping, { type: "subject" }>;
/** A grant as one row's words: who, what. */
type Grant = { readonly userId: UserId; readonly teamId: string | null; readonly role: string };

/** Mappings, the manual rights they imply, and tokens. A right that no group mapping gives any more is taken from those who had it by a group. */
export async function applyBootstrapRights(db: Db, file: BootstrapRows, now: Date, written: BootstrapChanges): Promise<void> {
  await writeMappings(db, file.mappings, written);
  const wanted: Grant[] = [];
  for (const mapping of file.mappings) if (mapping.type === "subject") wanted.push(toGrant(await findOrAddUser(db, { ...mapping, name: mapping.name ?? mapping.subject }), mapping));
  await writeManualRights(db, wanted, written);
  await removeLostIdpRights(db, file.mappings, written);
  await writeTokens(db, file.tokens, now, written);
}

async function writeMappings(db: Db, mappings: readonly RightsMapping[], { changes }: BootstrapChanges): Promise<void> {
  const wanted = new Map(mappings.map(toMappingRow).map((row) => [row.key, row]));
  for (const { key } of await db.rightsMapping.findMany({ orderBy: { key: "asc" } })) {
    if (wanted.delete(key)) continue;
    await db.rightsMapping.delete({ where: { key } });
    changes.push(`mapping removed ${key}`);
  }
  for (const row of wanted.values()) {
    await db.rightsMapping.create({ data: row });
    changes.push(`mapping added ${row.key}`);
  }
}

// The name is only a first one: the identity provider's comes with the first sign-in and stays.
async function findOrAddUser(db: Db, { issuer, subject, name }: { readonly issuer: string; readonly subject: string; readonly name: string }): Promise<UserId> {
  const user = await db.user.upsert({ where: { issuer_subject: { issuer, subject } }, create: { issuer, subject, name }, update: {}, select: { id: true } });
  return UserId.parse(user.id);
}

function toGrant(userId: UserId, { grant }: SubjectMapping): Grant {
  return "globalRole" in grant ? { userId, teamId: null, role: grant.globalRole } : { userId, teamId: grant.teamId, role: grant.role };
}

async function writeManualRights(db: Db, grants: readonly Grant[], { changes, affectedUsers }: BootstrapChanges): Promise<void> {
  const source = "manual";
  const wanted = new Map(grants.map((grant) => [wordsOf(grant), grant]));
  for (const grant of await readRights(db, source)) {
    if (wanted.delete(wordsOf(grant))) continue;
    await removeRight(db, grant, source);
    changes.push(`right removed ${wordsOf(grant)}`);
    affectedUsers.add(grant.userId);
  }
  for (const grant of wanted.values()) {
    const { userId, teamId, role } = grant;
    if (teamId === null) await db.globalGrant.create({ data: { userId, role, source } });
    else await db.membership.create({ data: { userId, teamId, role, source } });
    changes.push(`right added ${wordsOf(grant)}`);
    affectedUsers.add(userId);
  }
}

async function removeLostIdpRights(db: Db, mappings: readonly RightsMapping[], { changes, affectedUsers }: BootstrapChanges): Promise<void> {
  const source = "idp";
  const given = new Set(mappings.filter(({ type }) => type === "group").map(({ grant }) => ("globalRole" in grant ? ` ${grant.globalRole}` : `${grant.teamId} ${grant.role}`)));
  for (const grant of await readRights(db, source)) {
    if (given.has(`${grant.teamId ?? ""} ${grant.role}`)) continue;
    await removeRight(db, grant, source);
    changes.push(`right removed ${wordsOf(grant)}`);
    affectedUsers.add(grant.userId);
  }
}

async function readRights(db: Db, source: "idp" | "manual"): Promise<readonly Grant[]> {
  const memberships = await db.membership.findMany({ where: { source }, orderBy: [{ userId: "asc" }, { teamId: "asc" }, { role: "asc" }] });
  const roles = await db.globalGrant.findMany({ where: { source }, orderBy: [{ userId: "asc" }, { role: "asc" }] });
  return [...memberships, ...roles.map((row) => ({ ...row, teamId: null }))].map(({ userId, teamId, role }) => ({ userId: UserId.parse(userId), teamId, role }));
}

async function removeRight(db: Db, { userId, teamId, role }: Grant, source: "idp" | "manual"): Promise<void> {
  if (teamId === null) await db.globalGrant.delete({ where: { userId_role_source: { userId, role, source } } });
  else await db.membership.delete({ where: { userId_teamId_role_source: { userId, teamId, role, source } } });
}

function wordsOf({ userId, teamId, role }: Grant): string {
  return teamId === null ? `${userId} ${role}` : `${userId} ${role} of ${teamId}`;
}

async function writeTokens(db: Db, tokens: BootstrapRows["tokens"], now: Date, { changes, affectedUsers }: BootstrapChanges): Promise<void> {
  const source = "bootstrap";
  for (const { id, userId } of await db.token.findMany({ where: { source, revokedAt: null, id: { notIn: tokens.map((token) => token.id) } }, orderBy: { id: "asc" } })) {
    await db.token.update({ where: { id }, data: { revokedAt: now } });
    changes.push(`token ${id} revoked`);
    affectedUsers.add(UserId.parse(userId));
  }
  for (const { id, owner, name, hash, scopes, expiresAt } of tokens) {
    if ((await db.token.findUnique({ where: { id } })) !== null) continue;
    const userId = await findOrAddUser(db, owner);
    await db.token.create({ data: { id, userId, name, hash, scopes: [...scopes], source, expiresAt } });
    changes.push(`token ${id} added`);
    affectedUsers.add(userId);
  }
}
