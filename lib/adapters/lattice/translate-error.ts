import { PortalError } from "../../domain/portal-error.ts";
import { readSdkError, retryAfterSecondsOf, throttlesUs } from "./sdk-error.ts";

export type GivenUp = "aborted" | "timeout" | null;

export type Refusal = {
  readonly error: unknown;
  readonly operation: string;
  readonly account: string;
  /** Who ended the call, when nobody at AWS did. */
  readonly givenUp: GivenUp;
  /** How long AWS asked us to wait, 0 when it did not. */
  readonly pausedSeconds: number;
};

const DENIED = new Set([
  "AccessDeniedException",
  "AccessDenied",
  "UnauthorizedException",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "MissingAuthenticationTokenException",
  "ExpiredTokenException",
  "ExpiredToken",
  "CredentialsProviderError",
  "RegionDisabledException",
]);
const INVALID = new Set(["ValidationException", "InvalidParameterException", "ValidationError"]);
const NETWORK = /^(ECONN|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EPIPE|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** Turns every failure of a call into one PortalError (lattice.md §3.8). */
export function translateError(refusal: Refusal): PortalError {
  const { error, operation, account, givenUp, pausedSeconds } = refusal;
  const { name, message, code, status } = readSdkError(error);
  const cause = new Error(`${operation}: ${name} ${status ?? code ?? ""} ${message}`);
  const unavailable = (key: string, values: Record<string, string | number> = {}) =>
    new PortalError("UNAVAILABLE", key, { account, ...values }, { cause });
  const refused = (code: "PRECONDITION" | "NOT_FOUND" | "INTERNAL", key: string) =>
    new PortalError(code, key, { account, operation }, { raw: `${name}: ${message}`, cause });

  if (givenUp === "aborted") return unavailable("lattice.aborted");
  if (throttlesUs(error) || (givenUp === "timeout" && pausedSeconds > 0))
    return unavailable("lattice.throttled", { seconds: Math.max(1, pausedSeconds, retryAfterSecondsOf(error) ?? 0) });
  if (givenUp === "timeout") return unavailable("lattice.timeout");
  // The SDK calls a reset connection a TimeoutError too: Node's code says which it was.
  if (code !== undefined && NETWORK.test(code)) return unavailable("lattice.unreachable", { code });
  if (name === "TimeoutError") return unavailable("lattice.timeout");
  if (DENIED.has(name) || status === 401 || status === 403) return refused("PRECONDITION", "lattice.denied");
  if (name === "ResourceNotFoundException" || status === 404) return refused("NOT_FOUND", "lattice.missing");
  if (INVALID.has(name)) return refused("PRECONDITION", "lattice.invalid");
  if (status !== undefined && status >= 500) return unavailable("lattice.unreachable", { code: `HTTP ${status}` });
  return refused("INTERNAL", "lattice.unexpected");
}

/** An answer that is not what the API promises. */
export function unreadable(account: string, operation: string, cause: unknown): PortalError {
  return new PortalError("UNAVAILABLE", "lattice.unreadable", { account, operation }, { cause });
}
