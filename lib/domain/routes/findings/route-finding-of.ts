import type { Finding } from "../../clusters/finding.ts";
import type { ObservedCondition } from "../../clusters/observed-cluster.ts";
import { type Message, message } from "../../message.ts";
import type { ObjectRef } from "../../requests/plan.ts";
import type { ObservedRoute, RouteEvent } from "../observed-route.ts";

/** One rule: what it finds in an observed route at a time. Pure; `now` is only compared with times of the evidence. */
export type RouteFindingRule = (observed: ObservedRoute, now: Date) => readonly Finding[];

export type Evidence = Finding["evidence"][number];
type Parts = Pick<Finding, "code" | "severity" | "actor" | "evidence"> & {
  readonly rule: string;
  readonly values?: Readonly<Record<string, string | number | Message>>;
};

/** A finding whose words are `routeFindings.<rule>.{title,what,todo}`. */
export function routeFindingOf({ rule, values = {}, ...rest }: Parts): Finding {
  const words = (part: string) => message(`routeFindings.${rule}.${part}`, values);
  return { ...rest, title: words("title"), what: words("what"), todo: words("todo") };
}

const MAX_RAW = 1_000;

export function evidenceOf(object: ObjectRef, field: string, raw: string, at: Date | null): Evidence {
  return { object, field, raw: raw.slice(0, MAX_RAW).toWellFormed(), at: at?.toISOString() ?? null };
}

/** A condition in its own words; its time is not given, because the controller writes it anew on every reconcile (lattice.md §10.1.3). */
export function conditionEvidence(object: ObjectRef, condition: ObservedCondition): Evidence {
  const words = [`${condition.type}=${condition.status}`, condition.reason, condition.message].filter((part) => part !== null);
  return evidenceOf(object, `status.conditions[${condition.type}]`, words.join(" · "), null);
}

/** An Event in the controller's own words. */
export function eventEvidence(observed: ObservedRoute, event: RouteEvent): Evidence {
  return evidenceOf(refLike(observed, event.object), "Event", `${event.reason} · ${event.message}`, event.lastAt);
}

/** Names an object by one of ours that is made of the same API: all of the controller's own kinds share a version. */
export function refLike(observed: ObservedRoute, { kind, namespace, name }: RouteEvent["object"]): ObjectRef {
  const own: readonly ObjectRef[] = [
    observed.ref,
    ...[observed.policy, observed.accessLog, observed.gateway, ...observed.imports].flatMap((part) => part?.ref ?? []),
  ];
  const like = own.find((ref) => ref.kind === kind) ?? own.find((ref) => !GATEWAY_API.test(ref.kind)) ?? observed.ref;
  return { ...like, kind, namespace, name };
}

const GATEWAY_API = /Route$|^Gateway/;

/** What Lattice says, beside the route it is about: `part` names it as Lattice does ("association snsa-…"). */
export function latticeEvidenceOf({ ref }: ObservedRoute, part: string, raw: string, at: Date | null): Evidence {
  return evidenceOf(ref, `VPC Lattice: ${part}`, raw, at);
}

/** The newest Warning whose words fit. Events explain and never decide: rules ask Lattice first. */
export function warningLike({ events }: ObservedRoute, pattern: RegExp): RouteEvent | null {
  const newest = events.filter(({ type, message: text }) => type === "Warning" && pattern.test(text));
  return [...newest].sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime())[0] ?? null;
}
