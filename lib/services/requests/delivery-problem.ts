import { z } from "zod";
import { JsonObject } from "../../domain/json.ts";
import { Message, message } from "../../domain/message.ts";
import type { PortalError } from "../../domain/portal-error.ts";
import { type PlanStep, refOfStep } from "../../domain/requests/plan.ts";
import type { DeliveryProblemView } from "../../domain/requests/request-view.ts";

/** What stopped a step or what it waits for, as a row holds it. `key` is below `errors.`. */
const StoredProblem = z.object({
  code: z.string(),
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), Message])),
  raw: z.nullable(z.string()),
  fields: z.array(z.object({ path: z.string(), raw: z.nullable(z.string()) })),
});

/** `sentences` are values that are sentences themselves: "what is still missing". */
export function storeProblem(error: PortalError, sentences: Readonly<Record<string, Message>> = {}): JsonObject {
  return {
    code: error.code,
    key: error.key,
    values: { ...error.values, ...toJsonObject(sentences) },
    raw: error.raw ?? null,
    fields: error.fields.map(({ path, raw }) => ({ path, raw: raw ?? null })),
  };
}

function toJsonObject(sentences: Readonly<Record<string, Message>>): JsonObject {
  return JsonObject.parse(sentences);
}

export function readProblem(stored: JsonObject | null): DeliveryProblemView | null {
  if (stored === null) return null;
  const parsed = StoredProblem.safeParse(stored);
  if (!parsed.success) return { code: "INTERNAL", sentence: message("errors.internal"), raw: null, fields: [] };
  const { code, key, values, raw, fields } = parsed.data;
  return { code, sentence: message(`errors.${key}`, values), raw, fields };
}

/** The label of a delivery step: stored as a message, so that both languages read it. */
export function stepLabel(step: PlanStep): Message {
  const { kind, name } = refOfStep(step);
  if (step.proof.type !== "observed") return message(`requests.step.${step.op}`, { kind, name });
  return message("requests.step.prove", { kind, name, proof: step.proof.name.replaceAll("-", "_") });
}
