import type { Condition } from "./eks-objects.ts";

type Wanted = { type: string; status: "True" | "False"; severity?: "Info" | "Warning" | "Error"; reason?: string; message?: string };

export const isTrue = (list: readonly Condition[], type: string) => list.some((one) => one.type === type && one.status === "True");
export const findCondition = (list: readonly Condition[], type: string) => list.find((one) => one.type === type) ?? null;

/** Sets one condition; its transition time moves only when something about it changed. `Ready` stays first, the rest is sorted. */
export function withCondition(list: readonly Condition[], wanted: Wanted, now: Date): Condition[] {
  const old = findCondition(list, wanted.type);
  const same =
    old &&
    old.status === wanted.status &&
    old.severity === wanted.severity &&
    old.reason === wanted.reason &&
    (old.message ?? "") === (wanted.message ?? "");
  const next = same ? old : { ...wanted, lastTransitionTime: `${now.toISOString().slice(0, 19)}Z` };
  const rank = (one: Condition) => (one.type === "Ready" ? "" : one.type);
  return [...list.filter((one) => one.type !== wanted.type), next].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** CAPA's summary: True when every step is, else the worst step's reason and "n of m completed". */
export function withReadySummary(list: readonly Condition[], steps: readonly string[], now: Date): Condition[] {
  const done = steps.filter((type) => isTrue(list, type)).length;
  if (done === steps.length) return withCondition(list, { type: "Ready", status: "True" }, now);
  const failing = list.filter((one) => steps.includes(one.type) && one.status === "False");
  const worst = ["Error", "Warning", "Info"]
    .map((severity) => failing.find((one) => one.severity === severity))
    .find((one) => one !== undefined);
  const severity = worst?.severity === "Error" || worst?.severity === "Warning" ? worst.severity : "Info";
  const message = `${done} of ${steps.length} completed`;
  return withCondition(
    list,
    { type: "Ready", status: "False", severity, message, ...(worst?.reason ? { reason: worst.reason } : {}) },
    now,
  );
}

/** The time of the newest transition: where a script goes on after a restart. */
export function latestTransition(list: readonly Condition[]): string | null {
  return list.reduce<string | null>(
    (latest, one) => (latest === null || one.lastTransitionTime > latest ? one.lastTransitionTime : latest),
    null,
  );
}
