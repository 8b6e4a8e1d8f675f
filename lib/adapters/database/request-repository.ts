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
    insert: async (request) => toRequest(await db.request.create({ data: toNewRow(request) })),
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
      return toRequest(await db.request.update({ where: { number }, data: toChangedRow(patch, at) }));
    },
    list: async (filter, { cursor, limit }) => {
      const before = parseCursor(cursor);
      const where = { AND: [toWhere(filter), before === null ? {} : { number: { lt: before } }] };
      const rows = await db.request.findMany({ where, orderBy: { number: "desc" }, take: limit + 1 });
      const items = rows.slice(0, limit).map(toRequest);
      return { items, nextCursor: rows.length > limit ? String(rows[limit - 1]?.number ?? "") : null };
    },
    findReservation: async (key) =>
      toRequestOrNull(
        await db.request.findUnique({ where: "name" in key ? { reservedName: key.name } : { reservedAwsName: key.awsName } }),
      ),
    reservedClusters: (teamId) => reservedClusters(db, teamId),
    listHolding: async () =>
      (await db.request.findMany({ where: { state: "delivered", reservedName: { not: null } }, orderBy: { number: "asc" } })).map(
        toRequest,
      ),
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

function toRequestOrNull(row: Request | null): RequestRecord | null {
  return row === null ? null : toRequest(row);
}

function toWhere({ states, teamIds, kinds, target, orVisibleToOrganisation }: RequestFilter): Prisma.RequestWhereInput {
  const ofTeams = teamIds === undefined ? {} : { teamId: { in: [...teamIds] } };
  return {
    ...(states === undefined ? {} : { state: { in: [...states] } }),
    ...(kinds === undefined ? {} : { kind: { in: [...kinds] } }),
    ...(target === undefined ? {} : target),
    ...(orVisibleToOrganisation === true && teamIds !== undefined ? { OR: [ofTeams, { visibility: "organisation" }] } : ofTeams),
  };
}
