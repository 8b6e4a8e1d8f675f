import { z } from "zod";
import type { AuditMac } from "../../domain/audit/audit-mac.ts";
import type { AuditRow, SignedHead } from "../../domain/audit/audit-row.ts";
import { type ChainLink, sealRow } from "../../domain/audit/seal-row.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import type { Db } from "./engine.ts";
import type { AuditRow as Row, Prisma } from "./generated/client.ts";
import type { AuditRepository } from "./port.ts";
import { parseCursor } from "./parse-cursor.ts";
import { readObjectText } from "./stored-json.ts";

const HeadRow = z.tuple([z.object({ seq: z.coerce.number(), mac: z.string() })]);
type Filter = Parameters<AuditRepository["list"]>[0];

export function auditRepository(db: Db, mac: AuditMac): AuditRepository {
  return {
    append: async (entry) => {
      const row = await sealRow(entry, await lockHead(db), mac);
      await db.auditRow.create({ data: toColumns(row) });
      await db.auditHead.update({ where: { id: 1 }, data: { seq: row.seq, mac: row.mac, keyId: row.keyId } });
      return row;
    },
    list: async (filter, { cursor, limit }) => {
      const before = parseCursor(cursor);
      const rows = await db.auditRow.findMany({ where: { ...toWhere(filter), ...(before === null ? {} : { seq: { lt: before } }) }, orderBy: { seq: "desc" }, take: limit + 1 });
      const items = rows.slice(0, limit).map(toAuditRow);
      return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.seq ?? "") : null };
    },
    after: async (seq, limit) => (await db.auditRow.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" }, take: limit })).map(toAuditRow),
    head: async () => {
      const head = await db.auditHead.findUnique({ where: { id: 1 } });
      return head === null || head.seq === 0n ? null : { seq: Number(head.seq), mac: head.mac, keyId: head.keyId };
    },
    rememberSignedHead: async ({ at, ...head }) => {
      await db.signedHead.create({ data: { ...head, at: new Date(at) } });
    },
    latestSignedHead: async () => {
      const head = await db.signedHead.findFirst({ orderBy: { at: "desc" } });
      return head === null ? null : ({ ...head, seq: Number(head.seq), at: head.at.toISOString() } satisfies SignedHead);
    },
  };
}

async function lockHead(db: Db): Promise<ChainLink> {
  return HeadRow.parse(await db.$queryRaw`SELECT "seq", "mac" FROM "audit_head" WHERE "id" = 1 FOR UPDATE`)[0];
}

function toWhere({ teamIds, target, action, actor, outcome }: Filter): Prisma.AuditRowWhereInput {
  return {
    ...(teamIds === undefined ? {} : { teamId: { in: [...teamIds] } }),
    ...(target === undefined ? {} : { target }),
    ...(action === undefined ? {} : { action }),
    ...(actor === undefined ? {} : { actorId: actor }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function toColumns({ seq, at, action, outcome, actor, teamId, target, detail, prevMac, mac, keyId }: AuditRow): Prisma.AuditRowCreateInput {
  const who = { actorType: actor.type, actorId: actor.id, actorName: actor.name, actorVia: actor.via };
  return { seq, at, action, outcome, ...who, teamId, target, detail: canonicalJson(detail), prevMac, mac, keyId };
}

function toAuditRow({ seq, outcome, actorType, actorId, actorName, actorVia, detail, ...row }: Row): AuditRow {
  const actor = { type: z.enum(["person", "system"]).parse(actorType), id: actorId, name: actorName, via: actorVia };
  return { ...row, seq: Number(seq), outcome: z.enum(["ok", "refused"]).parse(outcome), actor, detail: readObjectText(detail) };
}
