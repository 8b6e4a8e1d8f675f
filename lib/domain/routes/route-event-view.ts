import type { z } from "zod";
import { type Message, message } from "../message.ts";
import type { ObservedRoute, RouteEvent } from "./observed-route.ts";
import { isSpecHeld } from "./route-facts.ts";
import { SETTLING_MS } from "./route-limits.ts";
import type { RouteEventView } from "./route-view.ts";

type Meaning = { readonly pattern: RegExp; readonly key: string };

/** What the controller's words mean, by what was seen when it ran (lattice.md §10.1–10.2). The first that fits. */
const WARNINGS: readonly Meaning[] = [
  { pattern: /target group for service import could not be found/i, key: "exportNotFound" },
  { pattern: /associated with other service|already in use|in use by/i, key: "groupInUse" },
  { pattern: /ServiceQuotaExceeded|quota|StatusCode: 402/i, key: "quota" },
  { pattern: /ThrottlingException|TooManyRequests|StatusCode: 429/i, key: "throttled" },
  { pattern: /AccessDenied|not authorized|StatusCode: 403/i, key: "denied" },
  { pattern: /LATTICE_[A-Z_]*(?:UNSUPPORTED|NO_SUPPORT|EXCEED)/, key: "unsupported" },
  { pattern: /StatusCode: 409|Conflict/i, key: "conflict" },
];
const SETTLING = /CREATE_IN_PROGRESS|LATTICE_RETRY|requeue needed|RegisterTargets/i;

/** Events, newest first, with what each means; the controller's own words stand beside. */
export function routeEventViews(observed: ObservedRoute): readonly z.infer<typeof RouteEventView>[] {
  return observed.events.map((event) => ({
    cluster: event.cluster,
    object: `${event.object.kind} ${event.object.namespace}/${event.object.name}`,
    type: event.type,
    reason: event.reason,
    message: event.message,
    meaning: meaningOf(observed, event),
    count: event.count,
    firstAt: event.firstAt.toISOString(),
    lastAt: event.lastAt.toISOString(),
  }));
}

function meaningOf(observed: ObservedRoute, event: RouteEvent): Message | null {
  const { reason, message: text, type } = event;
  if (reason === "DeploySucceed") return message(isSpecHeld(observed) ? "routeViews.event.succeed" : "routeViews.event.succeedLies");
  if (reason === "Reconciled") return message("routeViews.event.reconciledLies");
  if (type === "Normal") return null;
  const isShort = event.lastAt.getTime() - event.firstAt.getTime() <= SETTLING_MS;
  if (SETTLING.test(text)) return message(isShort ? "routeViews.event.settling" : "routeViews.event.notSettling");
  const found = WARNINGS.find(({ pattern }) => pattern.test(text));
  return found === undefined ? null : message(`routeViews.event.${found.key}`);
}
