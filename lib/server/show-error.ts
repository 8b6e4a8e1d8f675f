import type { LogPort } from "../adapters/telemetry/port.ts";
import type { ShownError, ShownField } from "../domain/action-result.ts";
import { type ErrorCode, type FieldProblem, type MessageValues, PortalError } from "../domain/portal-error.ts";
import { type Holder, PERMISSIONS } from "../domain/tenancy/permissions.ts";
import type { Translate } from "./translate.ts";

const LOG_LEVEL: Readonly<Record<ErrorCode, "debug" | "info" | "warn" | "error">> = {
  UNAUTHENTICATED: "debug",
  NOT_FOUND: "debug",
  FORBIDDEN: "info",
  INVALID: "debug",
  CONFLICT: "info",
  PRECONDITION: "info",
  UNAVAILABLE: "warn",
  INTERNAL: "error",
};

export type ErrorReader = {
  readonly translate: Translate;
  readonly log: LogPort;
  readonly ref: string;
  readonly where: string;
  readonly signal?: AbortSignal;
};

/** Turns any failure into words for the person who met it, and logs it under the same `ref`. The text of an unexpected error never leaves. */
export function showError(error: unknown, { translate, log, ref, where, signal }: ErrorReader): ShownError {
  const expected = toPortalError(error, signal);
  const { code, key, values, fields, raw } = expected;
  log[LOG_LEVEL[code]]("request.failed", {
    where,
    ref,
    code,
    key,
    ...(code === "INTERNAL" || code === "UNAVAILABLE" ? { error: expected.cause ?? error } : {}),
  });
  return {
    code,
    key,
    message: translate(`errors.${key}`, key === "forbidden" ? withRoles(values, translate) : values),
    ref,
    ...(raw === undefined || code === "INTERNAL" ? {} : { raw }),
    ...(fields.length === 0 ? {} : { fields: fields.map((field) => showField(field, translate)) }),
  };
}

const HOLDER_WORDS: Readonly<Record<Holder, string>> = {
  anyone: "anyone",
  "team:developer": "developer",
  "team:lead": "lead",
  "global:platform-admin": "platformAdmin",
  "global:viewer": "viewer",
  wall: "wall",
  system: "system",
};

/** A refusal by right says which roles would do. */
function withRoles(values: MessageValues, translate: Translate): MessageValues {
  const permission = Object.entries(PERMISSIONS).find(([name]) => name === values["permission"]);
  const roles = (permission?.[1].holders ?? []).map((holder) => translate(`holders.${HOLDER_WORDS[holder]}`));
  return { ...values, roles: roles.join(translate("uiKit.separator")) };
}

function showField({ path, key, values, raw }: FieldProblem, translate: Translate): ShownField {
  return { path, message: translate(`errors.${key}`, values), ...(raw === undefined ? {} : { raw }) };
}

function toPortalError(error: unknown, signal: AbortSignal | undefined): PortalError {
  if (error instanceof PortalError)
    return error.code === "INTERNAL" ? new PortalError("INTERNAL", "internal", {}, { cause: error }) : error;
  if (signal?.aborted === true) return new PortalError("UNAVAILABLE", "aborted", {}, { cause: error });
  return new PortalError("INTERNAL", "internal", {}, { cause: error });
}
