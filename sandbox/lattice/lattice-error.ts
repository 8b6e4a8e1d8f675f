type Detail = { readonly fields?: Readonly<Record<string, unknown>>; readonly retryAfterSeconds?: number };

/** A refusal as AWS words it: HTTP status, the type of `x-amzn-errortype`, and the body's fields beside the message. */
export class LatticeError extends Error {
  readonly status: number;
  readonly type: string;
  readonly detail: Detail;
  constructor(status: number, type: string, message: string, detail: Detail = {}) {
    super(message);
    this.name = "LatticeError";
    this.status = status;
    this.type = type;
    this.detail = detail;
  }
}

export type ResourceKind =
  | "SERVICE"
  | "SERVICE_NETWORK"
  | "TARGET_GROUP"
  | "LISTENER"
  | "RULE"
  | "SERVICE_NETWORK_SERVICE_ASSOCIATION"
  | "SERVICE_NETWORK_VPC_ASSOCIATION"
  | "ACCESS_LOG_SUBSCRIPTION"
  | "AUTH_POLICY"
  | "RESOURCE";

export function notFound(resourceType: ResourceKind, resourceId: string): LatticeError {
  const message = `${resourceType} ${resourceId} not found`;
  return new LatticeError(404, "ResourceNotFoundException", message, { fields: { resourceId, resourceType } });
}

export function conflict(message: string, resourceType: ResourceKind, resourceId = "-"): LatticeError {
  return new LatticeError(409, "ConflictException", message, { fields: { resourceId, resourceType } });
}

export function invalid(message: string, fieldList: readonly { name: string; message: string }[] = []): LatticeError {
  const reason = fieldList.length > 0 ? "fieldValidationFailed" : "other";
  return new LatticeError(400, "ValidationException", message, { fields: { reason, fieldList } });
}

/** A resource that was shared with the caller's account and does not belong to it. */
export function foreign(call: { readonly caller: { readonly arn: string } }, arn: string): LatticeError {
  return denied(`User: ${call.caller.arn} is not authorized to look inside or to change ${arn}, which another account owns`);
}

export function denied(message: string): LatticeError {
  return new LatticeError(403, "AccessDeniedException", message);
}

export function quotaExceeded(message: string, quotaCode: string, resourceType: ResourceKind): LatticeError {
  return new LatticeError(402, "ServiceQuotaExceededException", message, {
    fields: { quotaCode, serviceCode: "vpc-lattice", resourceType },
  });
}

export function throttled(retryAfterSeconds: number): LatticeError {
  return new LatticeError(429, "ThrottlingException", "Rate exceeded", {
    fields: { quotaCode: "L-REQUESTS", serviceCode: "vpc-lattice" },
    retryAfterSeconds,
  });
}
