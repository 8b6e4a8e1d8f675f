import { z } from "zod";
import type { DatabasePort } from "../../adapters/database/port.ts";
import type { AuditRow } from "../../domain/audit/audit-row.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import { query } from "../query.ts";

const BATCH = 1000;

/** The whole audit as JSON lines: a row a line in `seq` order as the MACs cover it, and last `{"signedHead": …}` over exactly these rows. */
export const exportAudit = query({
  name: "audit.export",
  input: z.strictObject({}),
  output: z.strictObject({ export: z.string() }),
  permission: "audit.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, { db, clock, signal }) => ({ export: await exportRows(db, clock.now(), signal) }),
});

/** The text of an export; also for the command line, which has a database and no session. */
export async function exportRows(db: DatabasePort, at: Date, signal: AbortSignal): Promise<string> {
  const signedHead = await db.read.audit.signHead(at);
  const lastSeq = signedHead?.seq ?? 0;
  const lines: string[] = [];
  for (let rows = await readRows(db, 0, lastSeq); rows.length > 0; rows = await readRows(db, lines.length, lastSeq)) {
    signal.throwIfAborted();
    for (const row of rows) lines.push(toLine(row));
  }
  return [...lines, canonicalJson({ signedHead }), ""].join("\n");
}

async function readRows({ read }: DatabasePort, seq: number, lastSeq: number): Promise<readonly AuditRow[]> {
  return (await read.audit.after(seq, BATCH)).filter((row) => row.seq <= lastSeq);
}

function toLine({ seq, at, action, outcome, actor, teamId, target, detail, prevMac, mac, keyId }: AuditRow): string {
  return canonicalJson({ seq, at: at.toISOString(), action, outcome, actor, teamId, target, detail, prevMac, mac, keyId });
}
