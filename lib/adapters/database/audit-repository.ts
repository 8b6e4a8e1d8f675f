import { z } from "zod";
import type { AuditMac } from "../../domain/audit/audit-mac.ts";
import type { AuditRow, SignedHead } from "../../domain/audit/audit-row.ts";
import { type ChainLink, EMPTY_CHAIN, sealRow } from "../../domain/audit/seal-row.ts";
import { signHead } from "../../domain/audit/signed-head.ts";
import { verifyChain } from "../../domain/audit/verify-chain.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import type { Db } from "./engine.ts";
import type { Prisma, AuditRow as Row } from "./generated/client.ts";
import { parseCursor } from "./parse-cursor.ts";
import type { AuditRepository } from "./port.ts";
import { readObjectText } from "./stored-json.ts";

const HeadRow = z.tuple([z.object({ seq: z.coerce.number(), mac: z.string() })]);
const VERIFY_BATCH = 1000;
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
      const rows = await db.auditRow.findMany({
        where: { ...toWhere(filter), ...(before === null ? {} : { seq: { lt: before } }) },
        orderBy: { seq: "desc" },
        take: limit + 1,
      });
      const items = rows.slice(0, limit).map(toAuditRow);
      return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.seq ?? "") : null };
    },
    after: (seq, limit) => readAfter(db, seq, limit),
    head: () => readHead(db),
    verify: async (signedHeads) => verifyChain(walk(db), mac, { storedHead: (await readHead(db)) ?? EMPTY_CHAIN, signedHeads }),
    signHead: async (at) => {
      const head = await readHead(db);
      return head === null ? null : signHead(head, at, mac);
    },
    rememberSignedHead: async ({ at, ...head }) => {
      // Two replicas may sign in the same millisecond; either will do.
      await db.signedHead.createMany({ data: [{ ...head, at: new Date(at) }], skipDuplicates: true });
    },
    latestSignedHead: async () => {
      const head = await db.signedHead.findFirst({ orderBy: { at: "desc" } });
      return head === null ? null : ({ ...head, seq: Number(head.seq), at: head.at.toISOString() } satisfies SignedHead);
    },
  };
}

async function readAfter(db: Db, seq: number, limit: number): Promise<readonly AuditRow[]> {
  return (await db.auditRow.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" }, take: limit })).map(toAuditRow);
}

async function readHead(db: Db): Promise<(ChainLink & { readonly keyId: string }) | null> {
  const head = await db.auditHead.findUnique({ where: { id: 1 } });
  return head === null || head.seq === 0n ? null : { seq: Number(head.seq), mac: head.mac, keyId: head.keyId };
}

async function* walk(db: Db): AsyncGenerator<AuditRow> {
  let seq = -1;
  for (;;) {
    const rows = await readAfter(db, seq, VERIFY_BATCH);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    seq = last.seq;
  }
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
  const actor = { type: z.enum(["person", "system", "wall"]).parse(actorType), id: actorId, name: actorName, via: actorVia };
  return { ...row, seq: Number(seq), outcome: z.enum(["ok", "refused"]).parse(outcome), actor, detail: readObjectText(detail) };
}
