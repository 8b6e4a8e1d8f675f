import { z } from "zod";
import { SignedHead } from "../../domain/audit/audit-row.ts";
import { AuditVerification } from "../../domain/audit/audit-view.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { query } from "../query.ts";

/** `head` is the JSON text of a signed head kept from the log or an export: without one, rows cut off at the end together with their head cannot be seen. */
export const VerifyAuditInput = z.strictObject({ head: z.exactOptional(z.string().max(2000)) });

/** Walks the whole audit chain with the keys outside the database. `INVALID` when `head` is no signed head. */
export const verifyAudit = query({
  name: "audit.verify",
  input: VerifyAuditInput,
  output: AuditVerification,
  permission: "audit.read",
  scope: async () => ({ type: "installation" }),
  run: async ({ head }, { db, clock }) => {
    const { count, problem } = await db.read.audit.verify(head === undefined ? [] : [parseHead(head)]);
    if (problem === null) return { count, valid: true, head: await db.read.audit.signHead(clock.now()), problem: null };
    return { count, valid: false, head: null, problem };
  },
});

function parseHead(text: string): SignedHead {
  try {
    return SignedHead.parse(JSON.parse(text));
  } catch (error) {
    throw new PortalError("INVALID", "input.refused", { count: 1 }, { fields: [{ path: "head", key: "audit.head" }], cause: error });
  }
}
