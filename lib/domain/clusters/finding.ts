import { z } from "zod";
import { Message } from "../message.ts";
import { ObjectRef } from "../requests/plan.ts";

/** Who must act next. Findings are shown ordered by it. */
export const FINDING_ACTORS = ["team", "platform", "aws", "nobody"] as const;

/** Something wrong or worth knowing about one object. `code` is stable (`TRL-CLU-001`); `evidence.raw` quotes the object's own words. */
export const Finding = z.strictObject({
  code: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  actor: z.enum(FINDING_ACTORS),
  title: Message,
  what: Message,
  todo: Message,
  evidence: z.array(z.strictObject({ object: ObjectRef, field: z.string(), raw: z.string(), at: z.nullable(z.string()) })),
});
export type Finding = z.infer<typeof Finding>;
