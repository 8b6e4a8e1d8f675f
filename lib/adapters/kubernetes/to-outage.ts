import { PortalError } from "../../domain/portal-error.ts";
import { BodyTooLarge } from "./read-body.ts";

/** No usable HTTP answer: names why, in the words of errors.kubernetes. The outside error stays as `cause`. */
export function toOutage(
  error: unknown,
  context: { readonly cluster: string; readonly timedOut: boolean; readonly aborted: boolean },
): PortalError {
  if (error instanceof PortalError) return error;
  const { cluster } = context;
  if (error instanceof BodyTooLarge) return new PortalError("UNAVAILABLE", "kubernetes.answerTooLarge", { cluster }, { cause: error });
  if (context.aborted) return new PortalError("UNAVAILABLE", "kubernetes.aborted", { cluster }, { cause: error });
  if (context.timedOut) return new PortalError("UNAVAILABLE", "kubernetes.timeout", { cluster }, { cause: error });
  const code = errorCode(error);
  if (error instanceof TypeError || code === "UND_ERR_INVALID_ARG")
    return new PortalError("INTERNAL", "kubernetes.unexpected", { cluster, status: 0 }, { cause: error });
  const key = /CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code) ? "kubernetes.tlsFailed" : "kubernetes.unreachable";
  return new PortalError("UNAVAILABLE", key, { cluster, code }, { cause: error });
}

/** The system's error code, also of the first error inside an AggregateError; `unknown` without one. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  return error.cause === undefined ? "unknown" : errorCode(error.cause);
}
