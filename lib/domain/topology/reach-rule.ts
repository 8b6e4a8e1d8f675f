import { every, type Verdict } from "../routes/evaluate-condition.ts";
import type { LatticeListener, LatticeRule } from "../routes/lattice-facts.ts";
import { pathOf } from "../routes/policy-call.ts";
import type { ReachCall } from "./reach-facts.ts";

/** `number` counts from 1, null for the default. `unsure`: an earlier rule compares in a way that is not known, so this one is only the likely one. */
export type MatchedRule = { readonly rule: LatticeRule; readonly number: number | null; readonly unsure: boolean };

/** Which rule Lattice gives the call to (lattice.md §1.4): in their order, the default last. Null: the listener has no default that was read. */
export function matchRule({ protocol, rules }: Pick<LatticeListener, "protocol" | "rules">, call: ReachCall): MatchedRule | null {
  // Inside a passed-through connection nothing is seen: the default action takes it.
  const candidates = protocol === "TLS_PASSTHROUGH" ? rules.filter(({ isDefault }) => isDefault) : rules;
  let unsure = false;
  for (const [index, rule] of candidates.entries()) {
    const fits = rule.isDefault ? "yes" : ruleFits(rule, call);
    if (fits === "yes") return { rule, number: rule.isDefault ? null : index + 1, unsure };
    if (fits === "unknown") unsure = true;
  }
  return null;
}

function ruleFits({ method, path, headers }: LatticeRule, call: ReachCall): Verdict {
  const methodFits = method === null || method === call.method.toUpperCase();
  return every([methodFits ? "yes" : "no", pathFits(path, call), ...headers.map((header) => headerFits(header, call))]);
}

function pathFits(path: LatticeRule["path"], call: ReachCall): Verdict {
  if (path === null) return "yes";
  const fold = (text: string) => (path.anyCase === true ? text.toLowerCase() : text);
  const [wanted, given] = [fold(path.value), fold(pathOf(call))];
  return (path.type === "exact" ? given === wanted : given.startsWith(wanted)) ? "yes" : "no";
}

function headerFits({ name, type, value, exactCase }: LatticeRule["headers"][number], { headers }: ReachCall): Verdict {
  const fold = (text: string) => (exactCase === true ? text : text.toLowerCase());
  const given = headers.filter((one) => one.name.toLowerCase() === name.toLowerCase()).map((one) => fold(one.value));
  const wanted = fold(value);
  switch (type) {
    case "exact":
      return given.includes(wanted) ? "yes" : "no";
    case "prefix":
      return given.some((one) => one.startsWith(wanted)) ? "yes" : "no";
    case "contains":
      return given.some((one) => one.includes(wanted)) ? "yes" : "no";
    default:
      return "unknown";
  }
}

/** "GET /v1/*, x-canary: true": what a rule takes, in one line. */
export function ruleText({ method, path, headers }: LatticeRule): string {
  const where = path === null ? "/*" : path.type === "prefix" ? `${path.value}*` : path.value;
  return [[method ?? "*", where].join(" "), ...headers.map(({ name, value }) => `${name}: ${value}`)].join(", ");
}
