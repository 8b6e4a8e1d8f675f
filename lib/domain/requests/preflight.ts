import { z } from "zod";
import { Message } from "../message.ts";

/** One look before anything is written, shown beside the plan and never hashed. `actor` says who must act when it is not `ok`; `path` is the input field it is about (`rules.0.backends.1`). */
export const PreflightCheck = z.strictObject({
  code: z.string(),
  result: z.enum(["ok", "warning", "blocked", "unknown"]),
  label: Message,
  sentence: Message,
  actor: z.enum(["you", "team", "platform", "aws", "nobody"]),
  evidence: z.nullable(z.string()),
  at: z.nullable(z.iso.datetime()),
  path: z.nullable(z.string()),
});
export type PreflightCheck = z.infer<typeof PreflightCheck>;
