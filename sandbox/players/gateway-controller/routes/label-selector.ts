import type { LabelSelector } from "../network-objects.ts";

/** Whether labels fit a selector. An empty selector fits all; an operator nobody knows fits none. */
export function matchesLabels(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return equal && (selector.matchExpressions ?? []).every((one) => fits(one, labels));
}

function fits(
  expression: { key: string; operator: string; values?: string[] | undefined },
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[expression.key];
  const listed = value !== undefined && (expression.values ?? []).includes(value);
  if (expression.operator === "In") return listed;
  if (expression.operator === "NotIn") return !listed;
  if (expression.operator === "Exists") return value !== undefined;
  return expression.operator === "DoesNotExist" && value === undefined;
}
