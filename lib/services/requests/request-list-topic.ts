import { z } from "zod";
import type { RequestRecord } from "../../adapters/database/port.ts";
import type { AuditRow } from "../../domain/audit/audit-row.ts";
import { type RequestId, TeamId } from "../../domain/ids.ts";
import type { RequestRowView } from "../../domain/requests/request-view.ts";
import type { Context } from "../context.ts";
import { topic } from "../topic.ts";
import { listRequestRows } from "./list-request-rows.ts";
import { pushInOrder } from "./push-in-order.ts";
import { requestsInAudit } from "./requests-in-audit.ts";
import { canSeeRequest } from "./visible-requests.ts";

/** The request list, live: each changed row that the reader may see. Keys are request ids; the browser decides whether its filter wants the row. */
export const requestListTopic = topic({
  name: "requests",
  input: z.strictObject({ team: z.exactOptional(TeamId) }),
  permission: "request.list",
  scope: async () => ({ type: "installation" }),
  open: ({ team }, ctx, push) => {
    const next = pushInOrder(ctx, push);
    return ctx.db.onAudit((rows) => {
      for (const id of requestsInAudit(rows)) {
        next(async () => {
          const changed = await readOnce(rows, id, ctx);
          if (changed === null || !canSeeRequest(ctx.actor, changed) || !isOf(team, changed)) return null;
          return { type: "set", key: id, view: changed.row };
        });
      }
    });
  },
});

type Changed = Pick<RequestRecord, "teamId" | "askingTeamId"> & { readonly row: RequestRowView };

function isOf(team: TeamId | undefined, { teamId, askingTeamId }: Changed): boolean {
  return team === undefined || teamId === team || askingTeamId === team;
}

/** However many people look, one batch of audit rows reads each changed request once: every listener gets the same array. */
const readings = new WeakMap<readonly AuditRow[], Map<RequestId, Promise<Changed | null>>>();

function readOnce(rows: readonly AuditRow[], id: RequestId, ctx: Context): Promise<Changed | null> {
  const known = readings.get(rows) ?? new Map<RequestId, Promise<Changed | null>>();
  readings.set(rows, known);
  const reading = known.get(id) ?? readRow(ctx, id);
  known.set(id, reading);
  return reading;
}

async function readRow(ctx: Context, id: RequestId): Promise<Changed | null> {
  const request = await ctx.db.read.requests.find(id);
  if (request === null) return null;
  const [row] = await listRequestRows(ctx.db.read, ctx.kinds, [request]);
  return row === undefined ? null : { teamId: request.teamId, askingTeamId: request.askingTeamId, row };
}
