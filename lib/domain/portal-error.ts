/** The closed list of expected failures (docs/architecture.md, "Errors"). Anything else is a bug. */
export const ERROR_CODES = [
  "UNAUTHENTICATED",
  "NOT_FOUND",
  "FORBIDDEN",
  "INVALID",
  "CONFLICT",
  "PRECONDITION",
  "UNAVAILABLE",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Values that a message may carry. Lists are joined by the door that translates. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** One refused field: dotted path into the input, and the message key with its values. `raw` quotes an outside system's own words. */
export type FieldProblem = { readonly path: string; readonly key: string; readonly values?: MessageValues; readonly raw?: string };

export type PortalErrorOptions = { readonly fields?: readonly FieldProblem[]; readonly raw?: string; readonly cause?: unknown };

const BRAND = Symbol.for("trellis.portal-error");

/**
 * An expected failure: a code, a message key below `errors.` in messages/*.json, and its values.
 * `raw` is text of an outside system (a webhook, AWS) that is shown beside our sentence, never instead of it.
 */
export class PortalError extends Error {
  /** Next.js bundles this module once per kind of door: the brand lets an error cross those copies. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly key: string;
  readonly values: MessageValues;
  readonly fields: readonly FieldProblem[];
  readonly raw: string | undefined;

  constructor(code: ErrorCode, key: string, values: MessageValues = {}, options: PortalErrorOptions = {}) {
    super(`${code} ${key}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PortalError";
    this.code = code;
    this.key = key;
    this.values = values;
    this.fields = options.fields ?? [];
    this.raw = options.raw;
  }
}

export function isPortalError(error: unknown): error is PortalError {
  return error instanceof PortalError;
}
