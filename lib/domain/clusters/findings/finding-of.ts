import { message } from "../../message.ts";
import type { ObjectRef } from "../../requests/plan.ts";
import type { Finding } from "../finding.ts";
import type { ObservedCluster, ObservedCondition, ObservedObject } from "../observed-cluster.ts";

/** One rule: what it finds in an observed cluster at a time. Pure; `now` is only compared with times of the evidence. */
export type FindingRule = (observed: ObservedCluster, now: Date) => readonly Finding[];

type Evidence = Finding["evidence"][number];
type Parts = Pick<Finding, "code" | "severity" | "actor" | "evidence"> & {
  readonly rule: string;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** A finding whose words are `clusters.finding.<rule>.{title,what,todo}`. */
export function findingOf({ rule, values = {}, ...rest }: Parts): Finding {
  const words = (part: string) => message(`clusters.finding.${rule}.${part}`, values);
  return { ...rest, title: words("title"), what: words("what"), todo: words("todo") };
}

export function evidenceOf(object: ObjectRef, field: string, raw: string, at: Date | null): Evidence {
  return { object, field, raw, at: at?.toISOString() ?? null };
}

/** A condition in its own words. */
export function conditionEvidence(object: ObservedObject, condition: ObservedCondition): Evidence {
  const words = [`${condition.type}=${condition.status}`, condition.reason, condition.message].filter((part) => part !== null);
  return evidenceOf(object.ref, `status.conditions[${condition.type}]`, words.join(" · "), condition.at);
}
