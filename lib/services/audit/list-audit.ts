import { z } from "zod";
import type { AuditRow } from "../../domain/audit/audit-row.ts";
import { AuditRowView } from "../../domain/audit/audit-view.ts";
import { TeamId } from "../../domain/ids.ts";
import { query } from "../query.ts";

const PAGE = 50;
const Word = z.string().min(1).max(300);

export const ListAuditInput = z.strictObject({
  team: z.exactOptional(TeamId),
  target: z.exactOptional(Word),
  action: z.exactOptional(Word),
  actor: z.exactOptional(Word),
  outcome: z.exactOptional(z.enum(["ok", "refused"])),
  cursor: z.exactOptional(z.string().max(200)),
  limit: z.exactOptional(z.coerce.number().int().min(1).max(200)),
});

/** Audit rows, newest first. `actor` is a person's or the system's id, `target` a key such as `request/R-1042`. `INVALID` `database.cursor`. */
export const listAudit = query({
  name: "audit.list",
  input: ListAuditInput,
  output: z.strictObject({ items: z.array(AuditRowView), nextCursor: z.nullable(z.string()) }),
  permission: "audit.read",
  scope: async () => ({ type: "installation" }),
  run: async ({ team, cursor, limit, ...filter }, { db }) => {
    const page = await db.read.audit.list(
      { ...filter, ...(team === undefined ? {} : { teamIds: [team] }) },
      { cursor: cursor ?? null, limit: limit ?? PAGE },
    );
    return { items: page.items.map(toAuditRowView), nextCursor: page.nextCursor };
  },
});

function toAuditRowView({ seq, at, action, outcome, actor, teamId, target, detail, mac, keyId }: AuditRow): AuditRowView {
  return { seq, at: at.toISOString(), action, outcome, actor, team: teamId, target, detail, mac, keyId };
}
