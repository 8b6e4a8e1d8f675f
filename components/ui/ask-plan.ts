import { z } from "zod";
import type { ShownError } from "../../lib/domain/action-result.ts";
import type { Localized } from "../../lib/domain/message.ts";
import { ERROR_CODES } from "../../lib/domain/portal-error.ts";
import type { PlanView } from "../../lib/domain/requests/request-view.ts";
import { apiPaths } from "../../lib/paths.ts";

export type ShownPlan = Localized<PlanView>;
export type PlanAnswer = { readonly ok: true; readonly plan: ShownPlan } | { readonly ok: false; readonly error: ShownError };

const TIMEOUT_MS = 30_000;

const Problem = z.object({
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  type: z.string(),
  ref: z.string(),
  raw: z.exactOptional(z.string()),
  fields: z.exactOptional(z.array(z.object({ path: z.string(), message: z.string(), raw: z.exactOptional(z.string()) }))),
});

/** Asks what a request would be; nothing is stored. `null` when no answer came. A newer question aborts this one. */
export async function askPlan(body: string, signal: AbortSignal): Promise<PlanAnswer | null> {
  const response = await fetch(apiPaths.plans(), {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    cache: "no-store",
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  const answer: unknown = await response?.json().catch(() => null);
  if (response?.ok === true) return { ok: true, plan: asPlan(answer) };
  const problem = Problem.safeParse(answer);
  if (!problem.success) return null;
  const { code, detail, type, ref, raw, fields } = problem.data;
  return {
    ok: false,
    error: { code, key: type, message: detail, ref, ...(raw === undefined ? {} : { raw }), ...(fields === undefined ? {} : { fields }) },
  };
}

// The door parses every answer with the query's output schema before it leaves; reading it again here would ship the schema to the browser.
function asPlan(answer: unknown): ShownPlan {
  return answer as ShownPlan;
}
