import { z } from "zod";
import type { AuditRow } from "../../domain/audit/audit-row.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import { query } from "../query.ts";
import type { Context } from "../context.ts";

const BATCH = 1000;

/** The whole audit as JSON lines: a row a line in `seq` order as the MACs cover it, and last `{"signedHead": …}` over exactly these rows. */
export const exportAudit = query({
  name: "audit.export",
  input: z.strictObject({}),
  output: z.strictObject({ export: z.string() }),
  permission: "audit.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, ctx) => {
    const signedHead = await ctx.db.read.audit.signHead(ctx.clock.now());
    const lines = signedHead === null ? [] : await readLines(ctx, signedHead.seq);
    return { export: [...lines, canonicalJson({ signedHead }), ""].join("\n") };
  },
});

async function readLines({ db, signal }: Context, lastSeq: number): Promise<readonly string[]> {
  const lines: string[] = [];
  while (lines.length < lastSeq) {
    signal.throwIfAborted();
    const rows = (await db.read.audit.after(lines.length, BATCH)).filter(({ seq }) => seq <= lastSeq);
    if (rows.length === 0) break;
    for (const row of rows) lines.push(toLine(row));
  }
  return lines;
}

function toLine({ seq, at, action, outcome, actor, teamId, target, detail, prevMac, mac, keyId }: AuditRow): string {
  return canonicalJson({ seq, at: at.toISOString(), action, outcome, actor, teamId, target, detail, prevMac, mac, keyId });
}
