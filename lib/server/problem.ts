import type { ShownError } from "../domain/action-result.ts";
import type { ErrorCode } from "../domain/portal-error.ts";
import type { Translate } from "./translate.ts";

const STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INVALID: 422,
  CONFLICT: 409,
  PRECONDITION: 409,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** Failures that HTTP has an exacter number for than their code. */
const STATUS_BY_KEY: Readonly<Record<string, number>> = {
  "input.malformedJson": 400,
  "input.tooDeep": 400,
  "input.wrongEncoding": 400,
  "input.bodyTooLarge": 413,
  "input.contentType": 415,
  "live.tooManyStreams": 429,
  "wall.tooOften": 429,
  "requests.planSuperseded": 429,
};

export function statusOf({ code, key }: Pick<ShownError, "code" | "key">): number {
  return STATUS_BY_KEY[key] ?? STATUS[code];
}

/** An RFC 9457 problem document. `code` is the closed list of docs/architecture.md; `raw` quotes an outside system beside our sentence. */
export function problemResponse(error: ShownError, translate: Translate): Response {
  const status = statusOf(error);
  const { code, message, raw, fields, ref } = error;
  const body = {
    type: `urn:trellis:problem:${error.key}`,
    title: translate(`problems.${code}`),
    status,
    code,
    detail: message,
    ...(raw === undefined ? {} : { raw }),
    ...(fields === undefined ? {} : { fields }),
    ref,
  };
  const headers = {
    "content-type": "application/problem+json",
    "content-language": translate.locale,
    "cache-control": "no-store",
    ...(status === 401 ? { "www-authenticate": 'Bearer realm="trellis"' } : {}),
    ...(status === 429 || status === 503 ? { "retry-after": "2" } : {}),
  };
  return new Response(JSON.stringify(body), { status, headers });
}
