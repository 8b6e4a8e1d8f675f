import { z } from "zod";
import type { RequestId, TeamId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { targetKey } from "../../domain/requests/request.ts";
import type { Db } from "./engine.ts";
import type { Prisma, Request } from "./generated/client.ts";
import { parseCursor } from "./parse-cursor.ts";
import type { RequestFilter, RequestRecord, RequestRepository } from "./port.ts";
import { toNumber, toRequestId } from "./request-number.ts";
import { toChangedRow, toNewRow, toRequest } from "./request-row.ts";
import { requestTrail } from "./request-trail.ts";

const NumberRow = z.object({ number: z.int() });

export function requestRepository(db: Db): RequestRepository {
  const find = async (id: RequestId): Promise<RequestRecord | null> => {
    const number = toNumber(id);
    return number === null ? null : toRequestOrNull(await db.request.findUnique({ where: { number } }));
  };
  return {
    ...requestTrail(db),
    insert: async (request) => {
      const row = await db.request.create({ data: toNewRow(request) });
      await holdKeys(db, row, request.reservedKeys);
      return toRequest(row);
    },
    find,
    lock: async (id) => {
      const number = toNumber(id);
      if (number === null) return null;
      await db.$queryRaw`SELECT "number" FROM "requests" WHERE "number" = ${number} FOR UPDATE`;
      return find(id);
    },
    update: async (id, patch, at) => {
      const number = toNumber(id);
      if (number === null) throw new PortalError("NOT_FOUND", "notFound");
      const row = await db.request.update({ where: { number }, data: toChangedRow(patch, at) });
      if (patch.reservedKeys !== undefined) await holdKeys(db, row, patch.reservedKeys);
      return toRequest(row);
    },
    list: async (filter, { cursor, limit }) => {
      const before = parseCursor(cursor);
      const where = { AND: [toWhere(filter), before === null ? {} : { number: { lt: before } }] };
      const rows = await db.request.findMany({ where, orderBy: { number: "desc" }, take: limit + 1 });
      const items = rows.slice(0, limit).map(toRequest);
      return { items, nextCursor: rows.length > limit ? String(rows[limit - 1]?.number ?? "") : null };
    },
    lastDelivered: async (kinds) => {
      const rows = await db.request.groupBy({
        by: ["managementCluster", "namespace", "name"],
        where: { state: "delivered", kind: { in: [...kinds] } },
        _max: { endedAt: true },
      });
      return rows.flatMap(({ _max: { endedAt }, ...target }) => (endedAt === null ? [] : [{ target, at: endedAt }]));
    },
    findReservation: async (name) => {
      if (!("key" in name))
        return toRequestOrNull(
          await db.request.findUnique({ where: "name" in name ? { reservedName: name.name } : { reservedAwsName: name.awsName } }),
        );
      const held = await db.reservedKey.findUnique({ where: { key: name.key } });
      return held === null ? null : toRequestOrNull(await db.request.findUnique({ where: { number: held.requestNumber } }));
    },
    reservedClusters: (teamId) => reservedClusters(db, teamId),
    listHolding: async () =>
      (
        await db.request.findMany({
          where: { state: "delivered", OR: [{ reservedName: { not: null } }, { reservedKeys: { isEmpty: false } }] },
          orderBy: { number: "asc" },
        })
      ).map(toRequest),
    listExpirable: async (now, limit) => {
      const rows = await db.request.findMany({
        where: { state: { in: ["waiting", "sent-back"] }, expiresAt: { lte: now } },
        orderBy: { expiresAt: "asc" },
        take: limit,
        select: { number: true },
      });
      return z
        .array(NumberRow)
        .parse(rows)
        .map(({ number }) => toRequestId(number));
    },
  };
}

async function reservedClusters(db: Db, teamId: TeamId): Promise<{ readonly sum: number; readonly targetKeys: readonly string[] }> {
  const rows = await db.request.findMany({ where: { teamId, reservedClusters: { gt: 0 } }, orderBy: { number: "asc" } });
  const holders = rows.map(toRequest);
  return {
    sum: holders.reduce((sum, holder) => sum + holder.reservedClusters, 0),
    targetKeys: holders.map(({ target }) => targetKey(target)),
  };
}

/**
 * Frees what the request held and takes `keys`. A key that another request about the same target holds already stays with that one;
 * anybody else's is `CONFLICT` `database.taken`, constraint `reservedKey`. Keys are taken in order, so that two requests never wait for each other.
 */
async function holdKeys(db: Db, request: Request, keys: readonly string[]): Promise<void> {
  const { number: requestNumber } = request;
  const wanted = [...new Set(keys)].sort();
  await db.reservedKey.deleteMany({ where: { requestNumber } });
  if (wanted.length === 0) return;
  await db.reservedKey.createMany({ data: wanted.map((key) => ({ key, requestNumber })), skipDuplicates: true });
  const held = await db.reservedKey.findMany({ where: { key: { in: wanted }, requestNumber: { not: requestNumber } } });
  if (held.length === 0) return;
  const holders = await db.request.findMany({ where: { number: { in: held.map((one) => one.requestNumber) } } });
  const family = request.kind.split(".")[0];
  const other = holders.find(
    (holder) =>
      holder.kind.split(".")[0] !== family ||
      holder.managementCluster !== request.managementCluster ||
      holder.namespace !== request.namespace ||
      holder.name !== request.name,
  );
  if (other === undefined && holders.length > 0) return;
  const key = held.find(({ requestNumber: holder }) => other === undefined || holder === other.number)?.key ?? "";
  throw new PortalError("CONFLICT", "database.taken", {
    constraint: "reservedKey",
    key,
    holder: other === undefined ? "" : toRequestId(other.number),
  });
}

function toRequestOrNull(row: Request | null): RequestRecord | null {
  return row === null ? null : toRequest(row);
}

function toWhere({ states, teamIds, kinds, target, orVisibleToOrganisation }: RequestFilter): Prisma.RequestWhereInput {
  const teams = teamIds === undefined ? [] : [...teamIds];
  const ofTeams = teamIds === undefined ? {} : { OR: [{ teamId: { in: teams } }, { askingTeamId: { in: teams } }] };
  return {
    ...(states === undefined ? {} : { state: { in: [...states] } }),
    ...(kinds === undefined ? {} : { kind: { in: [...kinds] } }),
    ...(target === undefined ? {} : target),
    ...(orVisibleToOrganisation === true && teamIds !== undefined ? { OR: [ofTeams, { visibility: "organisation" }] } : ofTeams),
  };
}
