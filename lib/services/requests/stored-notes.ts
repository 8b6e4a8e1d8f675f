import { z } from "zod";
import { JsonObject, JsonValue } from "../../domain/json.ts";
import { Message, message } from "../../domain/message.ts";
import { StoredImpact } from "../../domain/requests/impact.ts";
import { PreflightCheck } from "../../domain/requests/preflight.ts";

/** What stands beside a stored plan and outside its hash. `bases` is what Trellis had sent before, by step number, as it was at submit. */
export const StoredNotes = z.object({
  title: Message,
  summary: z.array(Message),
  warnings: z.array(Message),
  cost: z.nullable(JsonObject),
  quota: z.nullable(JsonObject),
  advice: z.nullable(JsonObject),
  preflight: z.nullable(z.array(PreflightCheck)).default(null),
  impact: z.nullable(StoredImpact).default(null),
  bases: z.record(z.string(), JsonValue),
});
export type StoredNotes = z.infer<typeof StoredNotes>;

const NOTHING: StoredNotes = {
  title: message("requests.untitled"),
  summary: [],
  warnings: [],
  cost: null,
  quota: null,
  advice: null,
  preflight: null,
  impact: null,
  bases: {},
};

/** Notes never decide anything, so a row of an older shape is shown without them. */
export function readStoredNotes(notes: JsonObject): StoredNotes {
  const parsed = StoredNotes.safeParse(notes);
  return parsed.success ? parsed.data : NOTHING;
}
