import type { ClusterCost } from "../../lib/domain/clusters/cluster-cost.ts";
import type { ClusterQuota } from "../../lib/domain/clusters/cluster-quota.ts";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { Localized } from "../../lib/domain/message.ts";
import type { AdmittedView, NotesView, PlanStepView } from "../../lib/domain/requests/request-view.ts";

/** Parts of a plan as a door hands them to the browser. */
export type ShownPlanStep = Localized<PlanStepView>;
export type ShownAdmitted = Localized<AdmittedView>;
export type ShownNotes = Localized<NotesView>;
export type ShownCost = Localized<ClusterCost>;

export const ADMITTED_GLYPH: Readonly<Record<ShownAdmitted["result"], Glyph>> = {
  admitted: "ok",
  refused: "failed",
  after: "todo",
  unavailable: "unknown",
};

/** The sign before an object of a plan; the word beside it says the same to readers. */
export const CHANGE_SIGN: Readonly<Record<ShownPlanStep["change"], string>> = { create: "+", change: "~", delete: "−", await: "…" };

/** The quota a kind wrote beside its plan; null when it wrote none, or another shape. */
export function readQuota(quota: ShownNotes["quota"]): Omit<ClusterQuota, "unit"> | null {
  if (quota === null) return null;
  const { limit, used, adds, left } = quota;
  return typeof limit === "number" && typeof used === "number" && typeof adds === "number" && typeof left === "number"
    ? { limit, used, adds, left }
    : null;
}

/** The monthly estimate a kind wrote beside its plan; null when it wrote none, or another shape. */
export function readCost(cost: ShownNotes["cost"]): Pick<ShownCost, "monthly" | "lines" | "assumptions"> | null {
  if (cost === null || typeof cost["monthly"] !== "number") return null;
  const lines = asList(cost["lines"]).flatMap((line) =>
    isObject(line) && typeof line["id"] === "string" && typeof line["label"] === "string"
      ? [{ id: line["id"], label: line["label"], monthly: typeof line["monthly"] === "number" ? line["monthly"] : null }]
      : [],
  );
  return { monthly: cost["monthly"], lines, assumptions: asList(cost["assumptions"]).filter((text) => typeof text === "string") };
}

/** What was answered to the four questions: the recommendation and its reasons; null when the kind asks none. */
export function readAdvice(
  advice: ShownNotes["advice"],
): { readonly recommendation: "cluster" | "namespace"; readonly sentence: string; readonly reasons: readonly string[] } | null {
  if (advice === null || typeof advice["sentence"] !== "string") return null;
  return {
    recommendation: advice["recommendation"] === "namespace" ? "namespace" : "cluster",
    sentence: advice["sentence"],
    reasons: asList(advice["reasons"]).filter((text) => typeof text === "string"),
  };
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The steps of a plan in their order, cut where the destination changes. */
export function byDestination<Step extends { readonly destination: string }>(
  steps: readonly Step[],
): readonly { readonly destination: string; readonly steps: readonly Step[] }[] {
  const runs: { destination: string; steps: Step[] }[] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last?.destination === step.destination) last.steps.push(step);
    else runs.push({ destination: step.destination, steps: [step] });
  }
  return runs;
}
