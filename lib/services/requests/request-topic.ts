import { z } from "zod";
import { topic } from "../topic.ts";
import { pushInOrder } from "./push-in-order.ts";
import { readRequestView } from "./read-request-view.ts";
import { getRequestRecord, readerScope } from "./request-scope.ts";
import { requestsInAudit } from "./requests-in-audit.ts";
import { canSeeRequest } from "./visible-requests.ts";

/** One request, live: the whole view again after each thing that happened to it. The key is its id. */
export const requestTopic = topic({
  name: "request",
  input: z.strictObject({ id: z.string() }),
  permission: "request.read",
  scope: readerScope,
  open: ({ id }, ctx, push) => {
    const next = pushInOrder(ctx, push);
    return ctx.db.onAudit((rows) => {
      if (![...requestsInAudit(rows)].some((changed) => changed === id)) return;
      next(async () => {
        const request = await getRequestRecord(ctx.db.read, id);
        return canSeeRequest(ctx.actor, request)
          ? { type: "set", key: id, view: await readRequestView({ ...ctx, tx: ctx.db.read }, request) }
          : null;
      });
    });
  },
});
