import type { ErrorCode } from "./portal-error.ts";

/** A refused field in the reader's language. `path` is dotted; `raw` quotes an outside system. */
export type ShownField = { readonly path: string; readonly message: string; readonly raw?: string };

/** A failure in the reader's language. `ref` is also in the log. */
export type ShownError = {
  readonly code: ErrorCode;
  readonly key: string;
  readonly message: string;
  readonly raw?: string;
  readonly fields?: readonly ShownField[];
  readonly ref: string;
};

/** What a server action answers: it never throws to the browser. */
export type ActionResult<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: ShownError };
