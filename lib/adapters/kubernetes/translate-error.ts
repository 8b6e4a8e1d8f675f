import { PortalError } from "../../domain/portal-error.ts";
import { KubeStatus } from "./kube-status.ts";
import { plainWords, refusedBy } from "./plain-words.ts";
import { refusedFields } from "./refused-fields.ts";
import { kindMissing } from "./resource-paths.ts";
import type { KubeAnswer } from "./transport.ts";

/** What was asked: for the sentence, and to tell "this object is missing" from "this kind is missing". */
export type Asked = {
  readonly cluster: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
};

/** Turns every answer that is not a success into one PortalError (cluster-api.md §11.4). */
export function translateError(answer: KubeAnswer, asked: Asked): PortalError {
  const parsed = KubeStatus.safeParse(answer.json);
  const status: KubeStatus = parsed.success
    ? parsed.data
    : {
        kind: "Status",
        code: answer.status,
        reason: "",
        message: "",
        details: { name: "", kind: "", causes: [], retryAfterSeconds: null },
      };
  const cause = new Error(`HTTP ${answer.status} ${status.reason}: ${plainWords(status.message)}`);
  return translate({
    status,
    http: answer.status,
    retryAfterSeconds: answer.retryAfterSeconds ?? status.details.retryAfterSeconds,
    asked,
    cause,
  });
}

type Refusal = {
  readonly status: KubeStatus;
  readonly http: number;
  readonly retryAfterSeconds: number | null;
  readonly asked: Asked;
  readonly cause: Error;
};

function translate(refusal: Refusal): PortalError {
  const { http, status } = refusal;
  if (http === 429) return busy(refusal);
  if (http === 401) return outage(refusal, "kubernetes.unauthenticated");
  const admission = admissionRefusal(refusal);
  if (admission) return admission;
  if (http === 403) return forbidden(refusal);
  if (http === 404) return missing(refusal);
  if (http === 409) return conflict(refusal);
  if (http === 422)
    return status.details.causes.some((cause) => cause.field === "metadata.uid" || cause.field === "metadata.resourceVersion")
      ? stale(refusal)
      : refused(refusal);
  if (http === 400 && /strict decoding error|unknown field|duplicate field/.test(status.message)) return refused(refusal);
  if (http === 413 || status.message.includes("request is too large")) return named(refusal, "PRECONDITION", "kubernetes.tooLarge");
  if (http === 410) return outage(refusal, "kubernetes.expired");
  if (http >= 500 || http === 408) return outage(refusal, "kubernetes.unavailable");
  return new PortalError("INTERNAL", "kubernetes.unexpected", { cluster: refusal.asked.cluster, status: http }, { cause: refusal.cause });
}

/** Refusals that can come with several HTTP codes: webhooks, policies, server-side apply's typing errors, a webhook that is down or crashed. */
function admissionRefusal(refusal: Refusal): PortalError | null {
  const { message } = refusal.status;
  const down = /failed calling webhook "([^"]+)"/.exec(message)?.[1];
  if (down !== undefined)
    return new PortalError(
      "UNAVAILABLE",
      "kubernetes.webhookDown",
      { cluster: refusal.asked.cluster, webhook: down },
      { cause: refusal.cause },
    );
  const by = refusedBy(message);
  if (by && "webhook" in by && /denied the request: panic: /.test(message)) {
    return new PortalError(
      "PRECONDITION",
      "kubernetes.webhookCrashed",
      { ...names(refusal), webhook: by.webhook },
      { raw: plainWords(message), cause: refusal.cause },
    );
  }
  if (by || message.includes("failed to create typed patch object")) return refused(refusal);
  return null;
}

function refused(refusal: Refusal): PortalError {
  const { status } = refusal;
  const by = refusedBy(status.message);
  const fields = refusedFields(status.details.causes, status.message);
  const options = {
    fields,
    raw: plainWords(status.message.replace(/^failed to create typed patch object \([^)]*\): /, "")),
    cause: refusal.cause,
  };
  if (by && "policy" in by)
    return new PortalError("PRECONDITION", "kubernetes.refusedByPolicy", { ...names(refusal), policy: by.policy }, options);
  return new PortalError("PRECONDITION", "kubernetes.refused", { ...names(refusal), by: by ? by.webhook : "kube-apiserver" }, options);
}

function forbidden(refusal: Refusal): PortalError {
  const { message, details } = refusal.status;
  if (message.includes("exceeded quota: ")) {
    const quota = /exceeded quota: ([^,]+)/.exec(message)?.[1] ?? "";
    return new PortalError(
      "PRECONDITION",
      "kubernetes.quotaExceeded",
      { ...names(refusal), quota },
      { raw: plainWords(message), cause: refusal.cause },
    );
  }
  if (details.causes.some((cause) => cause.reason === "NamespaceTerminating") || message.includes("because it is being terminated"))
    return named(refusal, "PRECONDITION", "kubernetes.namespaceTerminating");
  const ours = message === "" || /\bUser "[^"]*" cannot |attempting to grant RBAC permissions/.test(message);
  return ours ? named(refusal, "INTERNAL", "kubernetes.forbidden") : refused(refusal);
}

function missing(refusal: Refusal): PortalError {
  const { details, reason } = refusal.status;
  const { asked } = refusal;
  if (reason === "NotFound" && details.kind === "namespaces" && asked.kind !== "Namespace")
    return named(refusal, "PRECONDITION", "kubernetes.namespaceMissing");
  if (reason === "NotFound" && details.name !== "") return named(refusal, "NOT_FOUND", "kubernetes.objectMissing");
  return kindMissing(asked.cluster, asked.apiVersion, asked.kind);
}

function conflict(refusal: Refusal): PortalError {
  const owners = refusal.status.details.causes.filter((cause) => cause.reason === "FieldManagerConflict");
  const first = owners[0];
  if (!first) return stale(refusal);
  const fields = owners.map((cause) => ({
    path: withoutDot(cause.field),
    key: "kubernetes.field.ownedBy",
    values: { manager: managerIn(cause.message) },
    raw: cause.message,
  }));
  return new PortalError(
    "CONFLICT",
    "kubernetes.conflict",
    { ...names(refusal), manager: managerIn(first.message), field: withoutDot(first.field), count: owners.length },
    { fields, raw: refusal.status.message, cause: refusal.cause },
  );
}

function managerIn(message: string): string {
  return /conflicts? with "([^"]*)"/.exec(message)?.[1] ?? "?";
}

function withoutDot(field: string): string {
  return field.replace(/^\./, "");
}

function stale(refusal: Refusal): PortalError {
  return named(refusal, "CONFLICT", "kubernetes.stale");
}

function busy(refusal: Refusal): PortalError {
  return new PortalError(
    "UNAVAILABLE",
    "kubernetes.busy",
    { cluster: refusal.asked.cluster, seconds: refusal.retryAfterSeconds ?? 1 },
    { cause: refusal.cause },
  );
}

function outage(refusal: Refusal, key: string): PortalError {
  return new PortalError("UNAVAILABLE", key, { cluster: refusal.asked.cluster, status: refusal.http }, { cause: refusal.cause });
}

function named(refusal: Refusal, code: "PRECONDITION" | "INTERNAL" | "NOT_FOUND" | "CONFLICT", key: string): PortalError {
  const raw = plainWords(refusal.status.message);
  return new PortalError(code, key, names(refusal), raw === "" ? { cause: refusal.cause } : { raw, cause: refusal.cause });
}

function names(refusal: Refusal): { readonly cluster: string; readonly kind: string; readonly name: string; readonly namespace: string } {
  const { cluster, kind, name, namespace } = refusal.asked;
  return { cluster, kind, name, namespace: namespace ?? "" };
}
