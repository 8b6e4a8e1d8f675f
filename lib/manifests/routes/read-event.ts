import type { RouteEvent } from "../../domain/routes/observed-route.ts";
import { countAt, dateAt, textAt } from "../safe-read.ts";

/** How the Kubernetes client folds similar Events after the tenth (lattice.md §10.1.1). */
const COMBINED = /^\(combined from similar events\): /;

/** A core/v1 Event about a namespaced object; null when it is about nothing that can be named or says no time. Reads hostile objects too. */
export function readEvent(cluster: string, object: unknown): (RouteEvent & { readonly uid: string }) | null {
  const kind = textAt(object, "involvedObject", "kind");
  const name = textAt(object, "involvedObject", "name");
  const namespace = textAt(object, "involvedObject", "namespace") ?? "";
  const made = dateAt(object, "metadata", "creationTimestamp");
  const eventAt = dateAt(object, "eventTime");
  const firstAt = dateAt(object, "firstTimestamp") ?? eventAt ?? made;
  const lastAt = dateAt(object, "series", "lastObservedTime") ?? dateAt(object, "lastTimestamp") ?? eventAt ?? made;
  if (kind === null || name === null || firstAt === null || lastAt === null) return null;
  const message = textAt(object, "message") ?? "";
  return {
    uid: textAt(object, "metadata", "uid") ?? "",
    cluster,
    object: { kind, namespace, name },
    type: textAt(object, "type") === "Warning" ? "Warning" : "Normal",
    reason: (textAt(object, "reason") ?? "").slice(0, 200),
    message: message.replace(COMBINED, ""),
    count: Math.max(1, countAt(object, "series", "count") ?? countAt(object, "count") ?? 1),
    combined: COMBINED.test(message),
    firstAt: firstAt < lastAt ? firstAt : lastAt,
    lastAt,
  };
}
