import { type ConditionOperator, conditionOperator } from "./condition-operator.ts";
import type { PolicyStatement } from "./policy-document.ts";
import type { RequestContext } from "./request-context.ts";

type Asked = { readonly actual: readonly string[]; readonly wanted: readonly string[]; readonly variables: RequestContext | null };

/** All operators and all keys of a Condition block must hold; of the values of one key one is enough, or with a Not-operator none may fit. */
export function conditionsHold(block: PolicyStatement["Condition"], context: RequestContext, variables: RequestContext | null): boolean {
  return Object.entries(block).every(([name, keys]) => {
    const operator = conditionOperator(name);
    if (!operator) return false;
    return Object.entries(keys).every(([key, wanted]) =>
      holds(operator, { actual: context.get(key.toLowerCase()) ?? [], wanted, variables }),
    );
  });
}

function holds(operator: ConditionOperator, { actual, wanted, variables }: Asked): boolean {
  const { compares, quantifier, ifExists, negated } = operator;
  if (compares === "presence") return wanted.some((one) => (one.toLowerCase() === "true") === (actual.length === 0));
  const one = (value: string) => wanted.some((against) => compares(value, against, variables)) !== negated;
  if (quantifier === "ForAllValues") return actual.every(one);
  if (actual.length === 0) return ifExists || (negated && quantifier === null);
  if (quantifier === "ForAnyValue") return actual.some(one);
  // Without a quantifier the key has one value; where a request repeats a parameter a Not-operator must hold for each.
  return negated ? actual.every(one) : actual.some(one);
}
