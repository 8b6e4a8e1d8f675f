import { z } from "zod";
import type { KubeObject } from "../../domain/requests/plan.ts";
import type { Watched, WatchedKind } from "./port.ts";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Events of a cluster are many and nearly all about pods; only those about a route's objects are kept, and of them only what is read. */
const EVENT_SUBJECTS: ReadonlySet<string> = new Set([
  "GatewayClass",
  "Gateway",
  "HTTPRoute",
  "GRPCRoute",
  "TLSRoute",
  "ServiceImport",
  "ServiceExport",
  "TargetGroupPolicy",
  "IAMAuthPolicy",
  "AccessLogPolicy",
  "VpcAssociationPolicy",
  "ServiceNetwork",
]);
const Subject = z.object({ involvedObject: z.object({ kind: z.string() }) });
const EVENT_FIELDS: ReadonlySet<string> = new Set([
  "involvedObject",
  "type",
  "reason",
  "message",
  "count",
  "series",
  "eventTime",
  "firstTimestamp",
  "lastTimestamp",
  "reportingComponent",
]);

export type Ingested = Omit<Watched, "observedAt">;

/**
 * Drops what nobody reads from a cache and what makes up most of its memory; null when nobody reads the object at all.
 * Changes the object it is given: call it on freshly parsed JSON only.
 */
export function ingestWatched(kind: WatchedKind, object: KubeObject): Ingested | null {
  const specWrittenAt = lastSpecWrite(object.metadata.managedFields);
  delete object.metadata.managedFields;
  const kept = kind === "Event" ? ingestEvent(object) : withoutLastApplied(object);
  return kept === null ? null : { object: kept, ...(specWrittenAt === null ? {} : { specWrittenAt }) };
}

/** Every writer's entry holds when it last changed a field that it owns ("Server-side apply", Kubernetes docs); those of a status own no spec. */
function lastSpecWrite(managedFields: unknown): Date | null {
  const entries: readonly unknown[] = Array.isArray(managedFields) ? managedFields : [];
  const times = entries.flatMap((entry) => {
    if (typeof entry !== "object" || entry === null || !("time" in entry) || !("fieldsV1" in entry)) return [];
    const { time, fieldsV1 } = entry;
    if (typeof time !== "string" || typeof fieldsV1 !== "object" || fieldsV1 === null || !("f:spec" in fieldsV1)) return [];
    return [Date.parse(time)].filter((at) => !Number.isNaN(at));
  });
  return times.length === 0 ? null : new Date(Math.max(...times));
}

function withoutLastApplied(object: KubeObject): KubeObject {
  const { annotations } = object.metadata;
  if (typeof annotations === "object" && annotations !== null && LAST_APPLIED in annotations) {
    object.metadata.annotations = Object.fromEntries(Object.entries(annotations).filter(([name]) => name !== LAST_APPLIED));
  }
  return object;
}

function ingestEvent(event: KubeObject): KubeObject | null {
  const subject = Subject.safeParse(event);
  if (!subject.success || !EVENT_SUBJECTS.has(subject.data.involvedObject.kind)) return null;
  const { apiVersion, kind, metadata } = event;
  return { ...Object.fromEntries(Object.entries(event).filter(([name]) => EVENT_FIELDS.has(name))), apiVersion, kind, metadata };
}
