import { z } from "zod";
import type { KubeObject } from "../../domain/requests/plan.ts";
import type { WatchedKind } from "./port.ts";

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

/**
 * Drops what nobody reads from a cache and what makes up most of its memory; null when nobody reads the object at all.
 * Changes the object it is given: call it on freshly parsed JSON only.
 */
export function ingestWatched(kind: WatchedKind, object: KubeObject): KubeObject | null {
  delete object.metadata.managedFields;
  if (kind === "Event") return ingestEvent(object);
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
