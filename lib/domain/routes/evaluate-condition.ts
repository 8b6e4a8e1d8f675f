import type { AuthCondition } from "./auth-policy.ts";
import { arnMatches, globMatches } from "./glob.ts";
import { type PolicyCall, valuesOf } from "./policy-call.ts";

export type Verdict = "yes" | "no" | "unknown";

export function not(verdict: Verdict): Verdict {
  if (verdict === "unknown") return "unknown";
  return verdict === "yes" ? "no" : "yes";
}

/** All must hold: one `no` decides, else one `unknown` leaves it open. */
export function every(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("no")) return "no";
  return verdicts.includes("unknown") ? "unknown" : "yes";
}

/** One is enough. */
export function some(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("yes")) return "yes";
  return verdicts.includes("unknown") ? "unknown" : "no";
}

const OPERATOR = /^(?:(ForAnyValue|ForAllValues):)?(.+?)(IfExists)?$/;

/**
 * Does one condition hold for a call (IAM User Guide, "Condition operators" and "Set operators for multi-valued context keys")? Several values are alternatives.
 * Operators and keys that need more than is known are `unknown`.
 */
export function evaluateCondition({ operator, key, values }: AuthCondition, call: PolicyCall): Verdict {
  const known = valuesOf(key.toLowerCase(), call);
  if (known === "unknown") return "unknown";
  const [, set, name = "", ifExists] = OPERATOR.exec(operator) ?? [];
  if (name === "Null") return some(values.map((value) => toVerdict((value.toLowerCase() === "true") === (known === "absent"))));
  const isNegated = name.includes("Not");
  if (known === "absent") {
    if (ifExists !== undefined || set === "ForAllValues") return "yes";
    return toVerdict(isNegated && set !== "ForAnyValue");
  }
  const verdicts = known.map((value) => {
    const hit = some(values.map((wanted) => matches(name.replace("Not", ""), value, wanted)));
    return isNegated ? not(hit) : hit;
  });
  if (set === "ForAllValues") return every(verdicts);
  if (set === "ForAnyValue") return some(verdicts);
  // What a plain operator makes of several values is not documented.
  return verdicts.length === 1 ? every(verdicts) : "unknown";
}

function matches(operator: string, value: string, wanted: string): Verdict {
  // A policy variable: only AWS puts its value in.
  if (wanted.includes("${")) return "unknown";
  switch (operator) {
    case "StringEquals":
      return toVerdict(wanted === value);
    case "StringEqualsIgnoreCase":
    case "Bool":
      return toVerdict(wanted.toLowerCase() === value.toLowerCase());
    case "StringLike":
      return toVerdict(globMatches(wanted, value));
    case "ArnLike":
    case "ArnEquals":
      return arnMatches(wanted, value);
    default:
      return operator.startsWith("Numeric") ? compareNumbers(operator.slice("Numeric".length), Number(value), Number(wanted)) : "unknown";
  }
}

function compareNumbers(operator: string, value: number, wanted: number): Verdict {
  if (Number.isNaN(value) || Number.isNaN(wanted)) return "unknown";
  switch (operator) {
    case "Equals":
      return toVerdict(value === wanted);
    case "LessThan":
      return toVerdict(value < wanted);
    case "LessThanEquals":
      return toVerdict(value <= wanted);
    case "GreaterThan":
      return toVerdict(value > wanted);
    case "GreaterThanEquals":
      return toVerdict(value >= wanted);
    default:
      return "unknown";
  }
}

function toVerdict(holds: boolean): Verdict {
  return holds ? "yes" : "no";
}
