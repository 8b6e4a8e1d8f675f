import { JsonObject, type JsonValue } from "../../domain/json.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import { type Admitted, type KubeObject, type Plan, type PlanStep, refOfStep } from "../../domain/requests/plan.ts";
import type { AdmittedView, PlanStepView } from "../../domain/requests/request-view.ts";
import { intentOf } from "../../manifests/intent.ts";
import { toYaml } from "../../manifests/to-yaml.ts";

/** What Trellis had sent of an object that exists: the other side of the diff. */
export function toBase(live: KubeObject): JsonObject {
  return intentOf(live);
}

/** The plan as people read it: YAML per object, and beside it what Trellis had sent before. */
export function toPlanSteps(plan: Plan, bases: Readonly<Record<string, JsonValue>>): PlanStepView[] {
  return plan.steps.map((step) => {
    const base = bases[String(step.n)];
    return {
      n: step.n,
      op: step.op,
      change: changeOf(step),
      destination: step.destination,
      ref: refOfStep(step),
      yaml: step.op === "apply" ? inReadingOrder(intentOf(step.object)) : null,
      baseYaml: base === undefined ? null : inReadingOrder(base),
      after: step.op === "apply" ? (step.after ?? null) : null,
      proof: step.proof.type === "observed" ? step.proof.name : null,
    };
  });
}

const FIRST = ["apiVersion", "kind", "metadata"];

/** Sorted members with the object's name first: two objects then differ in lines only where they differ in content. */
function inReadingOrder(object: JsonValue): string {
  const sorted = Object.entries(JsonObject.parse(JSON.parse(canonicalJson(object))));
  const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return toYaml(Object.fromEntries(sorted.sort(([one], [other]) => rank(one) - rank(other))));
}

function changeOf(step: PlanStep): PlanStepView["change"] {
  if (step.op !== "apply") return step.op;
  return step.base === "absent" ? "create" : "change";
}

/** What admission made of the plan, object by object. */
export function toAdmittedViews(plan: Plan, admitted: readonly Admitted[]): AdmittedView[] {
  return admitted.flatMap((answer) => {
    const step = plan.steps.find(({ n }) => n === answer.n);
    return step === undefined ? [] : [{ ...EMPTY, n: answer.n, ref: refOfStep(step), ...detailsOf(answer) }];
  });
}

const EMPTY = { hash: null, yaml: null, warnings: [], message: null, fields: [], step: null };

function detailsOf(answer: Admitted): Pick<AdmittedView, "result"> & Partial<AdmittedView> {
  if (answer.result === "admitted")
    return { result: "admitted", hash: answer.hash, yaml: inReadingOrder(answer.object), warnings: [...answer.warnings] };
  if (answer.result === "refused")
    return { result: "refused", message: answer.message, fields: answer.fields.map(({ path, message }) => ({ path, message })) };
  if (answer.result === "after") return { result: "after", step: answer.step };
  return { result: "unavailable", message: answer.message };
}
