import { UserId } from "../../domain/ids.ts";
import type { BootstrapChanges } from "./apply-bootstrap.ts";
import type { Db } from "./engine.ts";
import type { BootstrapRows, RightsMapping } from "./port.ts";
import { toMappingRow } from "./rights-mapping-row.ts";

type SubjectMapping = Extract<RightsMapping, { type: "subject" }>;
type Subject = { readonly issuer: string; readonly subject: string; readonly name?: string };
/** A grant as one row's words: who, what. */
type Grant = { readonly userId: UserId; readonly teamId: string | null; readonly role: string };
type Source = "idp" | "manual";

/** Mappings, the manual rights they imply, and tokens. A right that no group mapping gives any more is taken from those who had it by a group. */
export async function applyBootstrapRights(db: Db, file: BootstrapRows, now: Date, written: BootstrapChanges): Promise<void> {
  await writeMappings(db, file.mappings, written);
  const subjects = file.mappings.filter((mapping) => mapping.type === "subject");
  const idOf = await addUsers(db, [...subjects, ...file.tokens.map(({ owner }) => owner)]);
  const rights = await readRights(db);
  await writeManualRights(db, { before: rights.manual, wanted: subjects.map((mapping) => toGrant(idOf(mapping), mapping)) }, written);
  await removeLostIdpRights(db, { before: rights.idp, mappings: file.mappings }, written);
  await writeTokens(db, file.tokens, { idOf, now }, written);
}

async function writeMappings(db: Db, mappings: readonly RightsMapping[], { changes }: BootstrapChanges): Promise<void> {
  const wanted = new Map(mappings.map(toMappingRow).map((row) => [row.key, row]));
  const known = await db.rightsMapping.findMany({ orderBy: { key: "asc" } });
  const removed = known.map(({ key }) => key).filter((key) => !wanted.delete(key));
  if (removed.length > 0) await db.rightsMapping.deleteMany({ where: { key: { in: removed } } });
  await db.rightsMapping.createMany({ data: [...wanted.values()] });
  changes.push(...removed.map((key) => `mapping removed ${key}`), ...[...wanted.keys()].map((key) => `mapping added ${key}`));
}

// A name is only a first one: the identity provider's comes with the first sign-in and stays.
async function addUsers(db: Db, subjects: readonly Subject[]): Promise<(subject: Subject) => UserId> {
  await db.user.createMany({
    data: subjects.map(({ issuer, subject, name }) => ({ issuer, subject, name: name ?? subject })),
    skipDuplicates: true,
  });
  const users = await db.user.findMany({
    where: { subject: { in: subjects.map(({ subject }) => subject) } },
    select: { id: true, issuer: true, subject: true },
  });
  const ids = new Map(users.map(({ id, issuer, subject }) => [`${issuer} ${subject}`, id]));
  return ({ issuer, subject }) => UserId.parse(ids.get(`${issuer} ${subject}`));
}

function toGrant(userId: UserId, { grant }: SubjectMapping): Grant {
  return "globalRole" in grant ? { userId, teamId: null, role: grant.globalRole } : { userId, teamId: grant.teamId, role: grant.role };
}

type ManualRights = { readonly before: readonly Grant[]; readonly wanted: readonly Grant[] };

async function writeManualRights(db: Db, { before, wanted }: ManualRights, { changes, affectedUsers }: BootstrapChanges): Promise<void> {
  const source = "manual";
  const missing = new Map(wanted.map((grant) => [wordsOf(grant), grant]));
  for (const grant of before) {
    if (missing.delete(wordsOf(grant))) continue;
    await removeRight(db, grant, source);
    changes.push(`right removed ${wordsOf(grant)}`);
    affectedUsers.add(grant.userId);
  }
  const added = [...missing.values()];
  await db.membership.createMany({
    data: added.flatMap(({ userId, teamId, role }) => (teamId === null ? [] : [{ userId, teamId, role, source }])),
  });
  await db.globalGrant.createMany({
    data: added.flatMap(({ userId, teamId, role }) => (teamId === null ? [{ userId, role, source }] : [])),
  });
  for (const grant of added) {
    changes.push(`right added ${wordsOf(grant)}`);
    affectedUsers.add(grant.userId);
  }
}

type IdpRights = { readonly before: readonly Grant[]; readonly mappings: readonly RightsMapping[] };

async function removeLostIdpRights(db: Db, { before, mappings }: IdpRights, { changes, affectedUsers }: BootstrapChanges): Promise<void> {
  const source = "idp";
  const given = new Set(
    mappings
      .filter(({ type }) => type === "group")
      .map(({ grant }) => ("globalRole" in grant ? ` ${grant.globalRole}` : `${grant.teamId} ${grant.role}`)),
  );
  for (const grant of before) {
    if (given.has(`${grant.teamId ?? ""} ${grant.role}`)) continue;
    await removeRight(db, grant, source);
    changes.push(`right removed ${wordsOf(grant)}`);
    affectedUsers.add(grant.userId);
  }
}

async function readRights(db: Db): Promise<Readonly<Record<Source, readonly Grant[]>>> {
  const memberships = await db.membership.findMany({ orderBy: [{ userId: "asc" }, { teamId: "asc" }, { role: "asc" }] });
  const roles = await db.globalGrant.findMany({ orderBy: [{ userId: "asc" }, { role: "asc" }] });
  const all = [...memberships, ...roles.map((row) => ({ ...row, teamId: null }))];
  const of = (wanted: Source): readonly Grant[] =>
    all.filter(({ source }) => source === wanted).map(({ userId, teamId, role }) => ({ userId: UserId.parse(userId), teamId, role }));
  return { idp: of("idp"), manual: of("manual") };
}

async function removeRight(db: Db, { userId, teamId, role }: Grant, source: Source): Promise<void> {
  if (teamId === null) await db.globalGrant.delete({ where: { userId_role_source: { userId, role, source } } });
  else await db.membership.delete({ where: { userId_teamId_role_source: { userId, teamId, role, source } } });
}

function wordsOf({ userId, teamId, role }: Grant): string {
  return teamId === null ? `${userId} ${role}` : `${userId} ${role} of ${teamId}`;
}

type TokenWorld = { readonly idOf: (subject: Subject) => UserId; readonly now: Date };

async function writeTokens(
  db: Db,
  tokens: BootstrapRows["tokens"],
  { idOf, now }: TokenWorld,
  { changes, affectedUsers }: BootstrapChanges,
): Promise<void> {
  const source = "bootstrap";
  const wanted = new Map(tokens.map((token) => [token.id, token]));
  for (const { id, userId, revokedAt } of await db.token.findMany({ where: { source }, orderBy: { id: "asc" } })) {
    if (wanted.delete(id) || revokedAt !== null) continue;
    await db.token.update({ where: { id }, data: { revokedAt: now } });
    changes.push(`token ${id} revoked`);
    affectedUsers.add(UserId.parse(userId));
  }
  const added = [...wanted.values()].map(({ owner, scopes, ...token }) => ({ ...token, userId: idOf(owner), scopes: [...scopes], source }));
  await db.token.createMany({ data: added });
  for (const { id, userId } of added) {
    changes.push(`token ${id} added`);
    affectedUsers.add(userId);
  }
}
