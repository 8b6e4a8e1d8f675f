import { z } from "zod";
import { JsonObject } from "../json.ts";
import { SignedHead } from "./audit-row.ts";

/** One row of the audit as people read it. `detail` never holds a secret. */
export const AuditRowView = z.strictObject({
  seq: z.int(),
  at: z.iso.datetime(),
  action: z.string(),
  outcome: z.enum(["ok", "refused"]),
  actor: z.strictObject({ type: z.enum(["person", "system", "wall"]), id: z.string(), name: z.string(), via: z.string() }),
  team: z.nullable(z.string()),
  target: z.string(),
  detail: JsonObject,
  mac: z.string(),
  keyId: z.string(),
});
export type AuditRowView = z.infer<typeof AuditRowView>;

/** What verifying the chain found. `problem` is null when every row is as it was written. */
export const AuditVerification = z.strictObject({
  count: z.int(),
  head: z.nullable(SignedHead),
  valid: z.boolean(),
  problem: z.nullable(z.strictObject({ kind: z.string(), seq: z.nullable(z.int()) })),
});
export type AuditVerification = z.infer<typeof AuditVerification>;
