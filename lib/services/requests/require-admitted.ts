import { type FieldProblem, PortalError } from "../../domain/portal-error.ts";
import { type Admitted, type Plan, refOfStep } from "../../domain/requests/plan.ts";
import type { PreparedPlan } from "./prepare-plan.ts";
import type { RequestKind } from "./request-kind.ts";
import { requireClearPreflight } from "./require-clear-preflight.ts";

/**
 * A request is only stored when admission takes every object that can be asked about.
 * `PRECONDITION` `requests.dryRunRefused` with a field per refusal and the webhook's own words · `UNAVAILABLE` `requests.dryRunUnavailable`.
 */
export function requireAdmitted(kind: RequestKind, plan: Plan, admitted: readonly Admitted[]): void {
  const refused = admitted.filter((answer) => answer.result === "refused");
  if (refused.length > 0) {
    throw new PortalError(
      "PRECONDITION",
      "requests.dryRunRefused",
      { count: refused.length },
      { fields: refused.flatMap((answer) => toProblems(kind, plan, answer)), raw: refused.map(({ message }) => message).join("\n") },
    );
  }
  const away = admitted.find((answer) => answer.result === "unavailable");
  if (away !== undefined) throw new PortalError("UNAVAILABLE", "requests.dryRunUnavailable", {}, { raw: away.message });
}

/** As `requireAdmitted`, and no look before writing says no; a team that asks for something of another team is told that it is refused, not what the owner's objects say. */
export function requireAcceptable(kind: RequestKind, prepared: PreparedPlan): void {
  try {
    requireClearPreflight(prepared.preflight, "input");
    requireAdmitted(kind, prepared.plan, prepared.admitted);
  } catch (error) {
    if (prepared.askingTeam === null || !(error instanceof PortalError) || error.code !== "PRECONDITION") throw error;
    throw new PortalError("PRECONDITION", "requests.ownersPlanRefused", {}, { cause: error });
  }
}

function toProblems(kind: RequestKind, plan: Plan, refusal: Extract<Admitted, { result: "refused" }>): readonly FieldProblem[] {
  const step = plan.steps.find(({ n }) => n === refusal.n);
  if (step === undefined) return [];
  const ref = refOfStep(step);
  const object = `${ref.kind}/${ref.name}`;
  const fields = refusal.fields.length > 0 ? refusal.fields : [{ path: "", message: refusal.message }];
  return fields.map(({ path, message }) => {
    const inputPath = path === "" ? null : (kind.inputPathOf?.(step, path) ?? null);
    return {
      path: inputPath === null ? "input" : `input.${inputPath}`,
      key: "requests.dryRunField",
      values: { object, field: path === "" ? object : path },
      raw: message,
    };
  });
}
