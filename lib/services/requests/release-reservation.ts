import { z } from "zod";
import { RequestId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { ENDED_STATES } from "../../domain/requests/request.ts";
import { command } from "../command.ts";
import { requestAudit } from "./request-audit.ts";
import { getRequestRecord, lockRequest } from "./request-scope.ts";
import { requireObjectsGone } from "./require-objects-gone.ts";
import { NOTHING_RESERVED } from "./reservations-of.ts";

/** Frees the names and the quota of an ended request once every object it made is gone from the API server. `PRECONDITION` `requests.objectStillThere`. */
export const releaseReservation = command({
  name: "reservation.release",
  input: z.strictObject({ id: RequestId }),
  output: z.strictObject({ id: z.string() }),
  permission: "system.run",
  scope: async () => ({ type: "installation" }),
  prepare: async (input, ctx) => requireObjectsGone(ctx, await getRequestRecord(ctx.db.read, input.id)),
  run: async (input, ctx) => {
    const request = await lockRequest(ctx.tx, input.id);
    if (!ENDED_STATES.includes(request.state))
      throw new PortalError("PRECONDITION", "requests.objectStillThere", { id: request.id, kind: request.kind, name: request.target.name });
    const after = await ctx.tx.requests.update(request.id, { ...NOTHING_RESERVED }, ctx.clock.now());
    return { output: { id: after.id }, audit: requestAudit(after, { name: request.reservedName }) };
  },
});
