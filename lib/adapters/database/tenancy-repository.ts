import { z } from "zod";
import { TeamId, UserId } from "../../domain/ids.ts";
import type { JsonObject } from "../../domain/json.ts";
import { TEAM_ROLES } from "../../domain/tenancy/actor.ts";
import { applyBootstrap } from "./apply-bootstrap.ts";
import type { Db } from "./engine.ts";
import type { Blueprint, Policy, Prisma } from "./generated/client.ts";
import { toUser } from "./people-repository.ts";
import type { BlueprintRecord, PolicyRecord, TeamRecord, TenancyRepository } from "./port.ts";
import { fromMappingRow } from "./rights-mapping-row.ts";
import { KIND_POLICIES_KEY, NETWORKING_KEY, PRICES_KEY } from "./settings-keys.ts";
import { fromJsonColumn } from "./stored-json.ts";

const distinctMembers = { memberships: { select: { userId: true }, distinct: ["userId"] } } satisfies Prisma.TeamInclude;
type TeamWithMembers = Prisma.TeamGetPayload<{ include: typeof distinctMembers }>;

export function tenancyRepository(db: Db, now: () => Date): TenancyRepository {
  const findTeam = async (id: TeamId): Promise<TeamRecord | null> => {
    const team = await db.team.findUnique({ where: { id }, include: distinctMembers });
    return team === null ? null : toTeam(team);
  };
  return {
    listTeams: async () => (await db.team.findMany({ include: distinctMembers, orderBy: { id: "asc" } })).map(toTeam),
    findTeam,
    lockTeam: async (id) => {
      await db.$queryRaw`SELECT "id" FROM "teams" WHERE "id" = ${id} FOR UPDATE`;
      return findTeam(id);
    },
    listMembers: async (teamId) => {
      const rows = await db.membership.findMany({
        where: { teamId },
        include: { user: true },
        orderBy: [{ user: { name: "asc" } }, { role: "asc" }, { source: "asc" }],
      });
      return rows.map(({ user, role, source }) => ({
        user: toUser(user),
        teamId,
        role: z.enum(TEAM_ROLES).parse(role),
        source: z.enum(["idp", "manual"]).parse(source),
      }));
    },
    recordTenancyEdit: async (teamId, userId, at) => {
      await db.tenancyEdit.create({ data: { teamId, userId, at } });
    },
    listTenancyEditors: async (teamId, since) => {
      const edits = await db.tenancyEdit.findMany({
        where: { teamId, at: { gte: since } },
        select: { userId: true },
        distinct: ["userId"],
        orderBy: { userId: "asc" },
      });
      return edits.map(({ userId }) => UserId.parse(userId));
    },
    listAccounts: async () => {
      const accounts = await db.account.findMany({ include: { grants: { orderBy: { teamId: "asc" } } }, orderBy: { id: "asc" } });
      return accounts.map(({ grants, data, ...account }) => ({
        ...account,
        teams: grants.map(({ teamId }) => TeamId.parse(teamId)),
        data: fromJsonColumn<JsonObject>(data),
      }));
    },
    listBlueprints: async () =>
      (await db.blueprint.findMany({ distinct: ["id"], orderBy: [{ id: "asc" }, { version: "desc" }] })).map(toBlueprint),
    findBlueprint: async (id, version) => {
      const blueprint = await db.blueprint.findFirst({
        where: { id, ...(version === undefined ? {} : { version }) },
        orderBy: { version: "desc" },
      });
      return blueprint === null ? null : toBlueprint(blueprint);
    },
    findPolicy: async (name) => {
      const policy = await db.policy.findFirst({ where: { name }, orderBy: { version: "desc" } });
      return policy === null ? null : toPolicy(policy);
    },
    listPolicies: async () =>
      (await db.policy.findMany({ distinct: ["name"], orderBy: [{ name: "asc" }, { version: "desc" }] })).map(toPolicy),
    listMappings: async () => (await db.rightsMapping.findMany({ orderBy: { key: "asc" } })).map(fromMappingRow),
    prices: async () => readSetting(db, PRICES_KEY),
    networking: async () => readSetting(db, NETWORKING_KEY),
    kindPolicies: async () => z.record(z.string(), z.string()).parse(await readSetting(db, KIND_POLICIES_KEY)),
    applyBootstrap: (file) => applyBootstrap(db, file, now()),
  };
}

async function readSetting(db: Db, key: string): Promise<JsonObject> {
  const setting = await db.setting.findUnique({ where: { key } });
  return setting === null ? {} : fromJsonColumn<JsonObject>(setting.value);
}

function toTeam({ id, description, clusterQuota, quotaChangedAt, memberships }: TeamWithMembers): TeamRecord {
  return { id: TeamId.parse(id), description, clusterQuota, quotaChangedAt, memberCount: memberships.length };
}

function toBlueprint({ id, version, data, policyName, withdrawnAt, createdAt, ...row }: Blueprint): BlueprintRecord {
  return { id, version, data: fromJsonColumn<JsonObject>(data), policyName, author: toAuthor(row), withdrawnAt, createdAt };
}

function toPolicy({ name, version, slots, createdAt, ...row }: Policy): PolicyRecord {
  return { name, version, slots: fromJsonColumn<readonly JsonObject[]>(slots), author: toAuthor(row), createdAt };
}

function toAuthor({
  authorIssuer,
  authorSubject,
}: {
  readonly authorIssuer: string | null;
  readonly authorSubject: string | null;
}): { readonly issuer: string; readonly subject: string } | null {
  return authorIssuer === null || authorSubject === null ? null : { issuer: authorIssuer, subject: authorSubject };
}
