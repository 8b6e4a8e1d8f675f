import type { ShownField } from "../../lib/domain/action-result.ts";

const TIMEOUT_MS = 20_000;

/** A refusal of the REST door, in the reader's language. `status` 0: no answer came. */
export class ViewError extends Error {
  readonly status: number;
  readonly code: string;
  readonly ref: string | null;
  /** What the door refused, field by field. */
  readonly fields: readonly ShownField[];

  constructor(status: number, code: string, detail: string, ref: string | null, fields: readonly ShownField[] = []) {
    super(detail);
    this.name = "ViewError";
    this.status = status;
    this.code = code;
    this.ref = ref;
    this.fields = fields;
  }
}

/**
 * Reads one view from its REST door. Throws `ViewError`; an abort by the caller stays an abort.
 * The answer is taken as it is: the door parses it with the query's output schema before it leaves, and a second reading would ship every schema to the browser.
 */
export async function fetchView<View>(url: string, signal: AbortSignal): Promise<View> {
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    cache: "no-store",
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ViewError(0, "UNAVAILABLE", "", null);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toViewError(response.status, body);
  return body as View;
}

function toViewError(status: number, body: unknown): ViewError {
  const problem: Partial<Record<string, unknown>> =
    typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : {};
  const text = (name: string) => (typeof problem[name] === "string" ? problem[name] : "");
  const fields = Array.isArray(problem["fields"]) ? problem["fields"].flatMap(toField) : [];
  return new ViewError(status, text("code"), text("detail"), text("ref") === "" ? null : text("ref"), fields);
}

function toField(field: unknown): readonly ShownField[] {
  if (typeof field !== "object" || field === null || !("path" in field && "message" in field)) return [];
  const { path, message } = field;
  return typeof path === "string" && typeof message === "string" ? [{ path, message }] : [];
}
