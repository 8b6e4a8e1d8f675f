import { isPortalError, type PortalError } from "../../domain/portal-error.ts";

const REDACTED = "[redacted]";
const SECRET_KEY = /token|secret|authorization|cookie|password|passwd|kubeconfig|credential|private.?key|api.?key|client.?key|id.?token/i;
/** Counts, ids and times of secrets are no secrets. */
const HARMLESS_KEY = /(Id|Count|At|Ms|Name|Scopes?)$/;
const MAX_DEPTH = 6;
const MAX_TEXT = 8000;
const MAX_ITEMS = 200;

// Bearer and basic credentials, JWTs, presigned AWS URLs (EKS tokens are such URLs in base64), PEM keys, passwords inside URLs.
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){1,3}/g, REDACTED],
  [/\bk8s-aws-v1\.[A-Za-z0-9_-]+/g, REDACTED],
  [/([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|[a-z_]*token|sig|signature|code)=)[^&\s"']+/gi, `$1${REDACTED}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:)[^\s/@]+@/gi, `$1${REDACTED}@`],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED],
];

/** A copy of a log value with secrets taken out by key and by shape. Never throws; long texts, lists and deep or circular values are cut. */
export function redact(value: unknown): unknown {
  return redactValue(value, 0);
}

export function redactText(text: string): string {
  const clean = SECRET_TEXT.reduce((rest, [shape, instead]) => rest.replace(shape, instead), text);
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}…` : clean;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null)
    return typeof value === "function" || typeof value === "symbol" ? `[${typeof value}]` : value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
  if (depth >= MAX_DEPTH) return "[deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item: unknown) => redactValue(item, depth + 1));
  return redactMembers(value, depth);
}

function redactMembers(value: object, depth: number): Record<string, unknown> {
  const members = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    members.map(([key, member]: [string, unknown]) => [key, isSecretKey(key) ? REDACTED : redactValue(member, depth + 1)]),
  );
}

// Only these members: errors of clients carry whole requests, responses and rows beside them.
function redactError(error: Error, depth: number): Record<string, unknown> {
  const code = "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) };
  const own = isPortalError(error) ? ownMembers(error, depth) : {};
  return { name: error.name, message: redactText(error.message), ...code, ...own, stack: redactText(error.stack ?? ""), ...cause };
}

/** What was refused and in whose words: without it "refused" cannot be mended from a log. */
function ownMembers({ key, values, fields, raw }: PortalError, depth: number): Record<string, unknown> {
  const said = {
    ...(Object.keys(values).length > 0 && { values }),
    ...(fields.length > 0 && { fields }),
    ...(raw !== undefined && { raw }),
  };
  return { key, ...redactMembers(said, depth) };
}

function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) && !HARMLESS_KEY.test(key);
}
