import { z } from "zod";
import { topic } from "../topic.ts";
import { pushInOrder } from "./push-in-order.ts";
import { requestsInAudit } from "./requests-in-audit.ts";
import { canSeeRequest } from "./visible-requests.ts";

/** The inbox, live: says `resync` when a request that the reader may see changed, because one decision can change several rows of it. */
export const inboxTopic = topic({
  name: "inbox",
  input: z.strictObject({}),
  permission: "request.list",
  scope: async () => ({ type: "installation" }),
  open: (_input, ctx, push) => {
    const next = pushInOrder(ctx, push);
    return ctx.db.onAudit((rows) => {
      const ids = requestsInAudit(rows);
      if (ids.size === 0) return;
      next(async () => {
        for (const id of ids) {
          const request = await ctx.db.read.requests.find(id);
          if (request !== null && canSeeRequest(ctx.actor, request)) return { type: "resync" };
        }
        return null;
      });
    });
  },
});
